import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { inflated } from '../../api/imports/inflate.ts';
import { RECEIVE_LIMITS, Weight } from '../../api/imports/limits.ts';
import { type Progress, startProgress } from './lheo-progress.ts';

/** Bytes a chunk of a local file has. */
const CHUNK = 256 * 1024;

export interface Opened {
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/**
 * A file's bytes, inflated when it is a gzip or a zip of one file, `-` being the standard input; a bar shows how far it
 * is read on a terminal. A missing file is refused here, before anything is read.
 */
export async function openLheo(file: string): Promise<Opened> {
  const size = file === '-' ? 0 : (await stat(file)).size;
  const sent = file === '-' ? process.stdin : createReadStream(file, { highWaterMark: CHUNK });
  const weight = new Weight({ ...RECEIVE_LIMITS, sent: Infinity });
  const progress = startProgress(file, size);
  return { name: file, bytes: shown(inflated(sent, weight, RECEIVE_LIMITS.zipEntries), weight, progress) };
}

async function* shown(
  bytes: AsyncIterable<Uint8Array>,
  weight: Weight,
  progress: Progress,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of bytes) {
      progress.at(weight.sent);
      yield chunk;
    }
  } finally {
    progress.end();
  }
}
