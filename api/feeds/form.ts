import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

/** One form of a file on disk. */
export interface Form {
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
}

/** The file on disk is still the one that was looked at. */
export function sameForm(a: Form, b: Form | undefined): boolean {
  return b !== undefined && a.size === b.size && a.mtimeMs === b.mtimeMs;
}

/** What a file's name leads to now; rejects when there is none. */
export async function formOf(path: string): Promise<Form> {
  const { size, mtimeMs } = await stat(path);
  return { path, size, mtimeMs };
}

/** The bytes of both forms have this SHA-256. */
export async function isProved(sha256: string, identity: string): Promise<boolean> {
  try {
    return (await hashOf(identity, false)) === sha256 && (await hashOf(`${identity}.gz`, true)) === sha256;
  } catch {
    return false;
  }
}

async function hashOf(path: string, zipped: boolean): Promise<string> {
  const hash = createHash('sha256');
  const read = createReadStream(path, { highWaterMark: 1 << 20 });
  if (zipped) await pipeline(read, createGunzip({ chunkSize: 1 << 20 }), hash);
  else await pipeline(read, hash);
  return hash.digest('hex');
}
