import { type FileHandle, open } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { SofiError } from '../../domain/model/errors.ts';
import type { HeldFile } from './file-cache.ts';
import type { Form } from './form.ts';

const CACHE_CONTROL = 'public, max-age=60, must-revalidate';
const CHUNK = 1 << 20;

export interface Served {
  readonly file: HeldFile;
  readonly mediaType: string;
  readonly time: Date;
  readonly release: number;
}

type Encoding = 'identity' | 'gzip' | 'br';

/** Strong ETags of one content: one for each encoding, so that ranges of two encodings never mix. */
const etagOf = (sha256: string, encoding: Encoding) =>
  encoding === 'identity' ? `"${sha256}"` : `"${sha256}-${encoding}"`;

/** True when the asker already has this content, in whatever encoding. */
function isHad(header: string | undefined, sha256: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((tag) => {
    const asked = tag.trim().replace(/^W\//, '');
    return asked === '*' || (['identity', 'gzip', 'br'] as const).some((one) => asked === etagOf(sha256, one));
  });
}

/** How much an asker likes an encoding: 0 refuses it. */
function qualityOf(header: string, encoding: Encoding): number {
  let star: number | undefined;
  for (const part of header.split(',')) {
    const [name = '', ...parameters] = part.split(';').map((one) => one.trim().toLowerCase());
    const given = parameters.find((one) => one.startsWith('q='));
    const q = given === undefined ? 1 : Number(given.slice(2));
    if (name === encoding) return Number.isNaN(q) ? 0 : q;
    if (name === '*') star = Number.isNaN(q) ? 0 : q;
  }
  return star ?? (encoding === 'identity' ? 0.001 : 0);
}

/** The smallest form that the asker takes; brotli once it is there, until then gzip for those who take both. */
function encodingFor(header: string | undefined, { br }: HeldFile): Encoding {
  if (header === undefined || header === '') return 'identity';
  const wanted: Encoding[] = br === undefined ? ['gzip', 'identity'] : ['br', 'gzip', 'identity'];
  const brAsGzip = br === undefined && qualityOf(header, 'br') > 0 && !/\bgzip\b/i.test(header);
  if (brAsGzip) return 'gzip';
  const rated = wanted.map((encoding) => ({ encoding, q: qualityOf(header, encoding) }));
  const best = Math.max(...rated.map(({ q }) => q));
  return (best > 0 ? rated.find(({ q }) => q === best)?.encoding : undefined) ?? 'identity';
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** The one range asked for; undefined serves the whole (none, several, or not bytes), `plage-invalide` beyond the end. */
function rangeOf(header: string | undefined, size: number): Range | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (match === null || (match[1] === '' && match[2] === '')) return undefined;
  const [first = '', last = ''] = match.slice(1);
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (start >= size || start > end) throw new SofiError('plage-invalide');
  return { start, end };
}

function appliesRange(req: IncomingMessage, etag: string, time: Date): boolean {
  const condition = req.headers['if-range'];
  return condition === undefined || condition === etag || condition === time.toUTCString();
}

/** True when nothing changed for the asker: by ETag, else by date. */
function isFresh(req: IncomingMessage, { file, time }: Served): boolean {
  const tags = req.headers['if-none-match'];
  if (tags !== undefined) return isHad(tags, file.sha256);
  const since = Date.parse(req.headers['if-modified-since'] ?? '');
  return !Number.isNaN(since) && Math.floor(time.getTime() / 1000) * 1000 <= since;
}

function headersOf({ file, time, release }: Served, encoding: Encoding): Record<string, string> {
  return {
    ETag: etagOf(file.sha256, encoding),
    Vary: 'Accept-Encoding',
    'Last-Modified': time.toUTCString(),
    'Cache-Control': CACHE_CONTROL,
    'X-Sofi-Release': String(release),
    'X-Content-Type-Options': 'nosniff',
    'Access-Control-Allow-Origin': '*',
    'Cross-Origin-Resource-Policy': 'cross-origin',
  };
}

/** Answers 304 when the asker has the file; false when it has to be sent. No disk is read. */
export function answerFresh(req: IncomingMessage, res: ServerResponse, served: Served): boolean {
  if (!isFresh(req, served)) return false;
  res.writeHead(304, headersOf(served, encodingFor(req.headers['accept-encoding'], served.file)));
  res.end();
  return true;
}

function formOf(file: HeldFile, encoding: Encoding): Form {
  if (encoding === 'br') return file.br ?? file.gzip;
  return encoding === 'gzip' ? file.gzip : file.identity;
}

/**
 * Sends an open file from `start` to `end`; the handle keeps its bytes readable whatever happens to its name, so a reader
 * gets one whole file. Two buffers take turns: one is read into while the other is on its way.
 */
async function send(res: ServerResponse, handle: FileHandle, { start, end }: Range): Promise<void> {
  const buffers = [Buffer.allocUnsafe(CHUNK), Buffer.allocUnsafe(CHUNK)] as const;
  let position = start;
  let sent: Promise<boolean> = Promise.resolve(true);
  for (let turn = 0; position <= end; turn = 1 - turn) {
    const buffer = turn === 0 ? buffers[0] : buffers[1];
    const length = Math.min(CHUNK, end - position + 1);
    const { bytesRead } = await handle.read(buffer, 0, length, position);
    if (!(await sent) || bytesRead === 0) break;
    position += bytesRead;
    const piece = bytesRead === CHUNK ? buffer : buffer.subarray(0, bytesRead);
    sent = new Promise((resolve) => {
      const gone = () => resolve(false);
      res.once('close', gone);
      res.write(piece, (error) => {
        res.off('close', gone);
        resolve(error === null || error === undefined);
      });
    });
  }
  if (!(await sent) || position <= end) res.destroy();
  else res.end();
}

/** Answers a GET or HEAD with a held file: conditional, by one range, in the encoding that the asker prefers. */
export async function serveFile(req: IncomingMessage, res: ServerResponse, served: Served): Promise<void> {
  if (answerFresh(req, res, served)) return;
  const encoding = encodingFor(req.headers['accept-encoding'], served.file);
  const { path, size } = formOf(served.file, encoding);
  const headers = headersOf(served, encoding);
  const asked = appliesRange(req, headers.ETag ?? '', served.time) ? rangeOf(req.headers.range, size) : undefined;
  const range = asked ?? { start: 0, end: size - 1 };
  const handle = await open(path).catch(() => {
    throw new SofiError('flux-en-preparation', undefined, { retryAfter: 2 });
  });
  try {
    res.writeHead(asked === undefined ? 200 : 206, {
      ...headers,
      'Content-Type': served.mediaType,
      'Accept-Ranges': 'bytes',
      'Content-Length': range.end - range.start + 1,
      ...(encoding === 'identity' ? {} : { 'Content-Encoding': encoding }),
      ...(asked === undefined ? {} : { 'Content-Range': `bytes ${range.start}-${range.end}/${size}` }),
    });
    if (req.method === 'HEAD') res.end();
    else await send(res, handle, range);
  } finally {
    await handle.close();
  }
}
