import type { Endpoint } from '../endpoint.ts';

const PAGES = new Set(['console', 'of', 'oidc', 'm', 'login', 'logout', 'lheo', 'flux', 'assets']);
const WHOLE = new Set(['/', '/healthz', '/readyz', '/metrics', '/api/docs', '/api/v1/openapi.json']);
const FEED = /^\/flux\/(?:[a-z-]+(?:-2\.[23])?\.[a-z]+)$/;

/**
 * Names the route of an address for the figures: the documented form of an API call (`/api/v1/soumissions/{id}`), the
 * first word of a page, `other` for all else, so that no caller can make series without end.
 */
export function routeLabels(endpoints: readonly Endpoint[], api: string): (path: string) => string {
  const patterns = [...new Set(endpoints.map(({ path }) => path))].map((path) => ({
    path: `${api}${path}`,
    matches: new RegExp(`^${api}${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}/?$`),
  }));
  // `/soumissions.csv` is also an id to `/soumissions/{id}`-like patterns: the plain addresses come first.
  patterns.sort((a, b) => Number(a.path.includes('{')) - Number(b.path.includes('{')));
  return (path) => {
    if (WHOLE.has(path) || FEED.test(path)) return path;
    if (path.startsWith(`${api}/`)) return patterns.find(({ matches }) => matches.test(path))?.path ?? 'other';
    const [, first = ''] = path.split('/');
    return PAGES.has(first) ? `/${first}/…` : 'other';
  };
}
