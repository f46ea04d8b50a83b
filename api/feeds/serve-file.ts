import type { NextFunction, Request, Response } from 'express';
import { SofiError } from '../../domain/model/errors.ts';
import type { HeldFile } from './file-cache.ts';

const CACHE_CONTROL = 'public, max-age=60, must-revalidate';
/** Headers that describe the file and not a refusal. */
const OF_FILE = ['Content-Encoding', 'ETag', 'Last-Modified', 'Cache-Control', 'Content-Type', 'Accept-Ranges'];

interface Served {
  readonly file: HeldFile;
  readonly mediaType: string;
  readonly time: Date;
  readonly release: number;
}

/** Strong ETags of one content: one for each encoding, so that ranges of two encodings never mix. */
function etagsOf(sha256: string): { readonly identity: string; readonly gzip: string; readonly br: string } {
  return { identity: `"${sha256}"`, gzip: `"${sha256}-gzip"`, br: `"${sha256}-br"` };
}

/** True when the asker already has this content, in whatever encoding. */
function isHad(req: Request, sha256: string): boolean {
  const asked = (req.get('If-None-Match') ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return asked.includes('*') || Object.values(etagsOf(sha256)).some((etag) => asked.includes(etag));
}

/** Answers a GET or HEAD with a held file: conditional, by ranges, as it is or in gzip as the asker prefers. */
export function serveFile(
  req: Request,
  res: Response,
  next: NextFunction,
  { file, mediaType, time, release }: Served,
): void {
  const gzip = req.acceptsEncodings(['gzip', 'identity']) === 'gzip';
  const etags = etagsOf(file.sha256);
  res.vary('Accept-Encoding');
  res.set({
    ETag: gzip ? etags.gzip : etags.identity,
    'Last-Modified': time.toUTCString(),
    'Cache-Control': CACHE_CONTROL,
    'X-Sofi-Release': String(release),
  });
  if (isHad(req, file.sha256)) {
    res.status(304).end();
    return;
  }
  if (gzip) res.set('Content-Encoding', 'gzip');
  res.type(mediaType);
  const { path } = gzip ? file.gzip : file.identity;
  res.sendFile(path, { etag: false, lastModified: false, cacheControl: false, dotfiles: 'allow' }, (error?: Error) => {
    if (error === undefined || res.headersSent) return;
    for (const header of OF_FILE) res.removeHeader(header);
    next(asRefusal(error));
  });
}

function asRefusal(error: Error): Error {
  const status = 'status' in error ? error.status : undefined;
  if (status === 416) return new SofiError('plage-invalide');
  return status === 404 ? new SofiError('flux-en-preparation', undefined, { retryAfter: 2 }) : error;
}
