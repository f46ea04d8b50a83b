import { type NextFunction, type Request, type RequestHandler, type Response, Router } from 'express';
import { RELEASE_FILE_NAMES } from '../../db/publication/file-forms.ts';
import type { Manifest } from '../../db/publication/manifest.ts';
import { SofiError } from '../../domain/model/errors.ts';
import type { ApiDeps } from '../deps.ts';
import { newest, numberOf, preparing, within } from './asked.ts';
import { deltaFile, deltaJson } from './deltas.ts';
import { type HeldRelease, HeldReleases } from './held-releases.ts';
import { MANIFEST } from './release-pieces.ts';
import { answerFresh, serveFile } from './serve-file.ts';

const PREFIX = '/flux/';
const KEY = 'cle-publique.pem';

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

export type FeedsDeps = Pick<ApiDeps, 'db' | 'settings' | 'log'> & {
  /** The clock by which a delta is too old, in ms; default the real one. */
  readonly now?: () => number;
};

export interface Feeds {
  /** Goes before everything else of the application. */
  readonly fast: RequestHandler;
  /** Mounted at `/flux` before login and body parsers. */
  readonly router: Router;
  /** Stops looking for new releases. */
  readonly close: () => void;
}

/** The feeds: open data needs no key (interface.md §4). */
export function openFeeds(deps: FeedsDeps): Feeds {
  const held = new HeldReleases(deps);
  const parts = { held, publicUrl: deps.settings.publicUrl, now: deps.now ?? Date.now };
  const names = [MANIFEST, ...RELEASE_FILE_NAMES];
  const router = Router();
  router.use(
    [...names, 'delta.json', 'delta.xml', KEY].map((name) => `/${name}`),
    onlyReads,
  );
  for (const name of names) router.get(`/${name}`, file(held, name));
  router.get('/delta.json', deltaJson(parts));
  router.get('/delta.xml', deltaFile(parts));
  router.get(`/${KEY}`, publicKey(held));
  return { fast: fastLane(held, deps.log), router, close: () => held.close() };
}
