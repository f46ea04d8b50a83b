import { createHash } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { FULL_FILE } from '../../db/publication/file-forms.ts';
import { deltaBetween } from '../../db/publication/members.ts';
import { manifestOf } from '../../db/publication/published.ts';
import { SofiError } from '../../domain/model/errors.ts';
import { newest, numberOf, preparing, within } from './asked.ts';
import type { HeldReleases } from './held-releases.ts';
import { serveFile } from './serve-file.ts';

const DELTA_MAX_MS = 90 * 24 * 3_600_000;

/** What the handlers of deltas need. */
export interface DeltaParts {
  readonly held: HeldReleases;
  readonly publicUrl: string;
  /** The clock by which a release is too old, in ms. */
  readonly now: () => number;
}

interface Span {
  readonly from: number;
  readonly to: number;
  readonly time: Date;
}

/**
 * From which release to the one served a delta is asked; 404 for one that never was, 410 after 90 days, 503 for one that
 * another API serves already.
 */
async function spanOf(req: Request, { held, publicUrl, now }: DeltaParts): Promise<Span> {
  const since = numberOf(req, 'since');
  if (since === undefined)
    throw new SofiError('parametre-invalide', undefined, { issues: [{ pointer: '/since', code: 'absent' }] });
  const { n: to, time } = await newest(held);
  if (since > to && since <= (held.known ?? 0)) throw preparing();
  const from = since > to ? undefined : await held.read((tx) => manifestOf(tx, since));
  if (from === undefined) throw new SofiError('pas-de-release', `Cannot find release ${since}`, { release: since });
  if (now() - from.time.getTime() > DELTA_MAX_MS)
    throw new SofiError('delta-trop-ancien', undefined, { complet: `${publicUrl}/flux/${FULL_FILE}` });
  return { from: since, to, time };
}

/** `delta.json`: the authority on what changed. */
export function deltaJson(parts: DeltaParts): RequestHandler {
  return async (req, res) => {
    const { from, to, time } = await spanOf(req, parts);
    const difference = await parts.held.read((tx) => deltaBetween(tx, from, to));
    const body = JSON.stringify({ from, to, ...difference });
    const sha256 = createHash('sha256').update(body).digest('hex');
    res.set({
      ETag: `"${sha256}"`,
      'Last-Modified': time.toUTCString(),
      'Cache-Control': 'public, max-age=60, must-revalidate',
      'X-Sofi-Release': String(to),
    });
    res.type('application/json').send(body);
  };
}

/** `delta.xml`: the changed formations; 204 when only some left. */
export function deltaFile(parts: DeltaParts): RequestHandler {
  const { held } = parts;
  return async (req, res) => {
    const { from, to, time } = await spanOf(req, parts);
    const { changed, deleted } = await held.read((tx) => deltaBetween(tx, from, to));
    res.set('X-Sofi-Deleted', String(deleted.length));
    if (changed.length === 0) {
      res.set('X-Sofi-Release', String(to)).status(204).end();
      return;
    }
    const found = await within(held.delta(from, to));
    await serveFile(req, res, { file: found, mediaType: 'application/xml', time, release: to });
  };
}
