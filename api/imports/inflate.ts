import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { SofiError } from '../../domain/model/errors.ts';
import { SMALL_STEP, type Weight } from './limits.ts';
import { unzipped } from './unzip.ts';

/** The bytes of the file inside what was sent: plain, gzip or a zip of one file, told by their first bytes. */
export async function* inflated(sent: AsyncIterable<Uint8Array>, weight: Weight, zipEntries: number) {
  const { head, chunks } = await peek(weight.counted(sent));
  if (head.length === 0) throw new SofiError('fichier-vide');
  if (head[0] === 0x1f && head[1] === 0x8b) yield* weight.measured(gunzipped(chunks));
  else if (head[0] === 0x50 && head[1] === 0x4b) yield* weight.measured(unzipped(chunks, zipEntries));
  else yield* weight.measured(chunks);
}

/** Reads on until two bytes are there, or the end. */
async function peek(chunks: AsyncGenerator<Uint8Array>) {
  const held: Uint8Array[] = [];
  let size = 0;
  while (size < 2) {
    const next = await chunks.next();
    if (next.done === true) break;
    held.push(next.value);
    size += next.value.length;
  }
  const replay = async function* (): AsyncGenerator<Uint8Array> {
    yield* held;
    yield* chunks;
  };
  return { head: Buffer.concat(held).subarray(0, 2), chunks: replay() };
}

async function* gunzipped(chunks: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip();
  const feeding = pipeline(Readable.from(chunks, { objectMode: false, highWaterMark: SMALL_STEP }), gunzip);
  feeding.catch(() => undefined);
  try {
    yield* gunzip as AsyncIterable<Uint8Array>;
    await feeding;
  } catch (error) {
    throw archiveFault(error);
  }
}

/** What zlib and yauzl say, in the catalogue's words; a refusal or a lost connection passes as it is. */
function archiveFault(error: unknown): unknown {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  if (code === 'Z_BUF_ERROR') return new SofiError('fichier-tronque');
  return code.startsWith('Z_') ? new SofiError('archive-invalide') : error;
}
