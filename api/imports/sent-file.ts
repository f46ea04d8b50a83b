import type { IncomingMessage } from 'node:http';
import busboy from 'busboy';
import { SofiError } from '../../domain/model/errors.ts';

/** The file of a request: its bytes as they come, and the name its sender gives it. */
export interface SentFile {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly nom: string | null;
}

const NAME_MAX = 255;

/** Finds the file in a request: the first file of a form, else the raw body. Throws `corps-invalide` for a form without one. */
export function sentFile(req: IncomingMessage): Promise<SentFile> {
  const type = req.headers['content-type'] ?? '';
  if (!/^multipart\/form-data\b/i.test(type)) return Promise.resolve({ bytes: req, nom: dispositionName(req) });
  return firstFile(req);
}

function firstFile(req: IncomingMessage): Promise<SentFile> {
  return new Promise((resolve, reject) => {
    const refuse = () => reject(new SofiError('corps-invalide'));
    const form = parserOf(req);
    if (form === undefined) {
      refuse();
      return;
    }
    form.on('file', (_field, stream, info) => resolve({ bytes: stream, nom: cleanName(info.filename) }));
    form.on('finish', refuse);
    form.on('error', refuse);
    req.on('aborted', () => form.destroy(new Error('aborted')));
    req.pipe(form);
  });
}

function parserOf(req: IncomingMessage) {
  try {
    return busboy({
      headers: req.headers,
      limits: { files: 1, fields: 20, fieldSize: 1_000 },
      defParamCharset: 'utf8',
    });
  } catch {
    return undefined;
  }
}

function dispositionName(req: IncomingMessage): string | null {
  const header = req.headers['content-disposition'] ?? '';
  const [, encoded] = /filename\*=UTF-8''([^;]+)/i.exec(header) ?? [];
  const [, plain] = /filename="?([^";]+)"?/i.exec(header) ?? [];
  try {
    return cleanName(encoded === undefined ? plain : decodeURIComponent(encoded));
  } catch {
    return null;
  }
}

/** The last part of a path, without control characters; it is shown, never opened. */
function cleanName(name: string | undefined): string | null {
  const last = (name ?? '').split(/[\\/]/).at(-1) ?? '';
  const shown = last
    .replace(/\p{Cc}/gu, '')
    .toWellFormed()
    .trim()
    .slice(0, NAME_MAX);
  return shown === '' ? null : shown;
}
