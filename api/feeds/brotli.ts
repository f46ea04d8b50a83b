import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { constants, createBrotliCompress } from 'node:zlib';

/** Smaller than gzip and ready within a minute for a region's file. */
const QUALITY = 5;
const CHUNK = 1 << 20;

/** Compresses a file beside the requests, off their thread. */
export async function compressBrotli(
  { path, size }: { readonly path: string; readonly size: number },
  to: string,
  signal: AbortSignal,
): Promise<void> {
  const brotli = createBrotliCompress({
    chunkSize: CHUNK,
    params: {
      [constants.BROTLI_PARAM_QUALITY]: QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: size,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    },
  });
  await pipeline(createReadStream(path, { highWaterMark: CHUNK }), brotli, createWriteStream(to), { signal });
}
