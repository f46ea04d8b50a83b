import { createHash } from 'node:crypto';
import { type NextFunction, type Request, type RequestHandler, type Response, Router } from 'express';
import { FULL_FILE } from '../../db/publication/manifest.ts';
import { deltaBetween } from '../../db/publication/members.ts';
import { manifestOf } from '../../db/publication/published.ts';
import { SofiError } from '../../domain/model/errors.ts';
import type { ApiDeps } from '../deps.ts';
import { type HeldRelease, HeldReleases, MANIFEST } from './held-releases.ts';
import { serveFile } from './serve-file.ts';

/** How long a request waits for files that are being made before it is asked to come back. */
const PATIENCE_MS = 2_000;
const DELTA_MAX_MS = 90 * 24 * 3_600_000;

const preparing = () => new SofiError('flux-en-preparation', undefined, { retryAfter: 2 });

/** What `work` gives within the patience of a request; later, the work goes on and the asker comes back. */
async function within<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(preparing()), PATIENCE_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}

/** A release number in the query; undefined when absent, `parametre-invalide` when it is none. */
function numberOf(req: Request, name: string): number | undefined {
  const value = req.query[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || !/^[1-9]\d{0,8}$/.test(value))
    throw new SofiError('parametre-invalide', undefined, { issues: [{ pointer: `/${name}`, code: 'invalide' }] });
  return Number(value);
}

/** The newest release this API holds whole; 404 without any, 503 while the first one is being made. */
async function newest(held: HeldReleases): Promise<HeldRelease> {
  if (held.current === undefined) {
    await within(held.refresh()).catch((error: unknown) => {
      throw held.known === undefined ? error : preparing();
    });
  }
  if (held.current !== undefined) return held.current;
  throw held.known === undefined ? new SofiError('pas-de-release') : preparing();
}

async function asked(held: HeldReleases, n: number | undefined): Promise<HeldRelease> {
  const current = await newest(held);
  if (n === undefined || n === current.n) return current;
  if (n > current.n && n <= (held.known ?? 0)) throw preparing();
  const earlier = n > current.n ? undefined : await within(held.earlier(n));
  if (earlier === undefined) throw new SofiError('pas-de-release', `Cannot find release ${n}`, { release: n });
  return earlier;
}

function file(held: HeldReleases, name: string, mediaType: string): RequestHandler {
  return async (req: Request, res: Response, next: NextFunction) => {
    const release = await asked(held, numberOf(req, 'release'));
    const found = release.manifest.files.length === 0 ? undefined : release.files.get(name);
    if (found === undefined) throw new SofiError('pas-de-release');
    const whole = await within(held.intact(release, name));
    serveFile(req, res, next, { file: whole, mediaType, time: release.time, release: release.n });
  };
}

function delta(held: HeldReleases, { settings }: Pick<ApiDeps, 'settings'>): RequestHandler {
  return async (req, res) => {
    const since = numberOf(req, 'since');
    if (since === undefined)
      throw new SofiError('parametre-invalide', undefined, { issues: [{ pointer: '/since', code: 'absent' }] });
    const { n: to } = await newest(held);
    const from = since > to ? undefined : await held.read((tx) => manifestOf(tx, since));
    if (from === undefined) throw new SofiError('pas-de-release', `Cannot find release ${since}`, { release: since });
    if (Date.now() - from.time.getTime() > DELTA_MAX_MS)
      throw new SofiError('delta-trop-ancien', undefined, { complet: `${settings.publicUrl}/flux/${FULL_FILE}` });
    const difference = await held.read((tx) => deltaBetween(tx, since, to));
    const body = JSON.stringify({ from: since, to, ...difference });
    const sha256 = createHash('sha256').update(body).digest('hex');
    res.set({
      ETag: `"${sha256}"`,
      'Cache-Control': 'public, max-age=60, must-revalidate',
      'X-Sofi-Release': String(to),
    });
    res.type('application/json').send(body);
  };
}

const onlyReads: RequestHandler = (req, res, next) => {
  if (req.method === 'GET' || req.method === 'HEAD') return next();
  res.set('Allow', 'GET, HEAD');
  throw new SofiError('methode');
};

/**
 * The feeds, mounted at `/flux` before login and body parsers: open data needs no key (interface.md §4). `close` stops
 * looking for new releases.
 */
export function openFeeds(deps: Pick<ApiDeps, 'db' | 'settings' | 'log'>): { router: Router; close: () => void } {
  const held = new HeldReleases(deps);
  const router = Router();
  router.use(['/manifest.json', `/${FULL_FILE}`, '/delta.json'], onlyReads);
  router.get('/manifest.json', file(held, MANIFEST, 'application/json'));
  router.get(`/${FULL_FILE}`, file(held, FULL_FILE, 'application/xml'));
  router.get('/delta.json', delta(held, deps));
  return { router, close: () => held.close() };
}
