import { createHash } from 'node:crypto';
import { type NextFunction, type Request, type RequestHandler, type Response, Router } from 'express';
import { FULL_FILE, RELEASE_FILE_NAMES } from '../../db/publication/files.ts';
import type { Manifest } from '../../db/publication/manifest.ts';
import { deltaBetween } from '../../db/publication/members.ts';
import { manifestOf } from '../../db/publication/published.ts';
import { SofiError } from '../../domain/model/errors.ts';
import type { ApiDeps } from '../deps.ts';
import { type HeldRelease, HeldReleases, MANIFEST } from './held-releases.ts';
import { answerFresh, serveFile } from './serve-file.ts';

/** How long a request waits for files that are being made before it is asked to come back. */
const PATIENCE_MS = 2_000;
const DELTA_MAX_MS = 90 * 24 * 3_600_000;
const PREFIX = '/flux/';
const KEY = 'cle-publique.pem';

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

type Named = Pick<HeldRelease, 'n' | 'manifest' | 'time'>;

async function asked(held: HeldReleases, n: number | undefined): Promise<Named> {
  const current = await newest(held);
  if (n === undefined || n === current.n) return current;
  if (n > current.n && n <= (held.known ?? 0)) throw preparing();
  const earlier = n > current.n ? undefined : await within(held.earlier(n));
  if (earlier === undefined) throw new SofiError('pas-de-release', `Cannot find release ${n}`, { release: n });
  return { n, ...earlier };
}

function mediaTypeOf(manifest: Manifest, name: string): string {
  return manifest.files.find((file) => file.name === name)?.mediaType ?? 'application/json';
}

function file(held: HeldReleases, name: string): RequestHandler {
  return async (req: Request, res: Response) => {
    const { manifest, time, n } = await asked(held, numberOf(req, 'release'));
    const found = manifest.files.length === 0 ? undefined : await within(held.intact(manifest, name));
    if (found === undefined) throw new SofiError('pas-de-release');
    await serveFile(req, res, { file: found, mediaType: mediaTypeOf(manifest, name), time, release: n });
  };
}

interface Span {
  readonly from: number;
  readonly to: number;
  readonly time: Date;
}

/** From which release to the one served a delta is asked; 404 for one that never was, 410 after 90 days. */
async function spanOf(req: Request, held: HeldReleases, publicUrl: string): Promise<Span> {
  const since = numberOf(req, 'since');
  if (since === undefined)
    throw new SofiError('parametre-invalide', undefined, { issues: [{ pointer: '/since', code: 'absent' }] });
  const { n: to, time } = await newest(held);
  const from = since > to ? undefined : await held.read((tx) => manifestOf(tx, since));
  if (from === undefined) throw new SofiError('pas-de-release', `Cannot find release ${since}`, { release: since });
  if (Date.now() - from.time.getTime() > DELTA_MAX_MS)
    throw new SofiError('delta-trop-ancien', undefined, { complet: `${publicUrl}/flux/${FULL_FILE}` });
  return { from: since, to, time };
}

function deltaJson(held: HeldReleases, publicUrl: string): RequestHandler {
  return async (req, res) => {
    const { from, to } = await spanOf(req, held, publicUrl);
    const difference = await held.read((tx) => deltaBetween(tx, from, to));
    const body = JSON.stringify({ from, to, ...difference });
    const sha256 = createHash('sha256').update(body).digest('hex');
    res.set({
      ETag: `"${sha256}"`,
      'Cache-Control': 'public, max-age=60, must-revalidate',
      'X-Sofi-Release': String(to),
    });
    res.type('application/json').send(body);
  };
}

function deltaFile(held: HeldReleases, publicUrl: string): RequestHandler {
  return async (req, res) => {
    const { from, to, time } = await spanOf(req, held, publicUrl);
    const { changed, deleted } = await held.read((tx) => deltaBetween(tx, from, to));
    res.set('X-Sofi-Deleted', String(deleted.length));
    if (changed.length === 0) {
      res.set('X-Sofi-Release', String(to)).status(204).end();
      return;
    }
    let found = await within(held.delta(from, to));
    if (!(await held.isIntact(found))) {
      held.forgetDelta(from, to);
      found = await within(held.delta(from, to));
    }
    await serveFile(req, res, { file: found, mediaType: 'application/xml', time, release: to });
  };
}

function publicKey(held: HeldReleases): RequestHandler {
  return async (_req, res) => {
    const { publicKey: pem } = await newest(held);
    res.set('Cache-Control', 'public, max-age=3600').type('application/x-pem-file').send(pem);
  };
}

const onlyReads: RequestHandler = (req, res, next) => {
  if (req.method === 'GET' || req.method === 'HEAD') return next();
  res.set('Allow', 'GET, HEAD');
  throw new SofiError('methode');
};

/** The line that any other answer gets. */
function told(log: ApiDeps['log'], req: Request, res: Response): void {
  log.info({ req: { method: req.method, path: req.path }, res: { status: res.statusCode } }, 'feed served');
}

/**
 * Answers the plain requests for a file of the newest release by its name alone, before anything else is done about them;
 * all others go on to the router.
 */
function fastLane(held: HeldReleases, log: ApiDeps['log']): RequestHandler {
  return (req: Request, res: Response, next: NextFunction) => {
    const { url, method } = req;
    if (!url.startsWith(PREFIX) || (method !== 'GET' && method !== 'HEAD')) return next();
    const release = held.current;
    const name = url.slice(PREFIX.length);
    const found = release?.files.get(name);
    if (release === undefined || found === undefined || release.manifest.files.length === 0) return next();
    const served = {
      file: found,
      mediaType: mediaTypeOf(release.manifest, name),
      time: release.time,
      release: release.n,
    };
    if (answerFresh(req, res, served)) return told(log, req, res);
    held.isIntact(found).then((intact) => {
      if (!intact || req.headers.range !== undefined) next();
      else {
        res.once('close', () => told(log, req, res));
        serveFile(req, res, served).catch(next);
      }
    }, next);
  };
}

export interface Feeds {
  /** Goes before everything else of the application. */
  readonly fast: RequestHandler;
  /** Mounted at `/flux` before login and body parsers. */
  readonly router: Router;
  /** Stops looking for new releases. */
  readonly close: () => void;
}

/** The feeds: open data needs no key (interface.md §4). */
export function openFeeds(deps: Pick<ApiDeps, 'db' | 'settings' | 'log'>): Feeds {
  const held = new HeldReleases(deps);
  const { publicUrl } = deps.settings;
  const names = [MANIFEST, ...RELEASE_FILE_NAMES];
  const router = Router();
  router.use(
    [...names, 'delta.json', 'delta.xml', KEY].map((name) => `/${name}`),
    onlyReads,
  );
  for (const name of names) router.get(`/${name}`, file(held, name));
  router.get('/delta.json', deltaJson(held, publicUrl));
  router.get('/delta.xml', deltaFile(held, publicUrl));
  router.get(`/${KEY}`, publicKey(held));
  return { fast: fastLane(held, deps.log), router, close: () => held.close() };
}
