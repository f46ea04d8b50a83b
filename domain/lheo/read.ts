import { decodeXml } from './decode.ts';
import type { ReadEvent } from './events.ts';
import { EncodageError } from './faults.ts';
import { LheoReader, type ReaderOptions } from './reader.ts';

type Chunks<T> = AsyncIterable<T> | Iterable<T>;

/**
 * Reads LHÉO from the bytes of a file, plain: the caller opens and inflates. Faults of the file come as events; only the
 * caller's own stream may throw.
 */
export async function* readLheo(bytes: Chunks<Uint8Array>, options: ReaderOptions = {}): AsyncGenerator<ReadEvent> {
  const reader = new LheoReader(options);
  try {
    for await (const text of decodeXml(bytes)) {
      const events = reader.write(text);
      yield* events;
      if (events.some((event) => event.kind === 'fault' && event.fatal)) return;
    }
  } catch (error) {
    if (!(error instanceof EncodageError)) throw error;
    yield* reader.refuse('encodage', error.message);
    return;
  }
  yield* reader.end();
}
