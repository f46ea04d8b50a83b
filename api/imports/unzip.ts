import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { SofiError } from '../../domain/model/errors.ts';

/** The one file of a zip, which can only be read once it is whole: it waits in a temporary file meanwhile. */
export async function* unzipped(chunks: AsyncIterable<Uint8Array>, maxEntries: number): AsyncGenerator<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'sofi-zip-'));
  try {
    const path = join(folder, 'sent.zip');
    await pipeline(chunks, createWriteStream(path));
    yield* readOnlyFile(path, maxEntries);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** yauzl's own errors carry no code: whatever it cannot read is a bad archive. */
async function orBadArchive<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    throw error instanceof SofiError ? error : new SofiError('archive-invalide');
  });
}

async function* readOnlyFile(path: string, maxEntries: number): AsyncGenerator<Uint8Array> {
  const zip = await orBadArchive(openPromise(path, { lazyEntries: true, autoClose: false }));
  try {
    if (zip.entryCount > maxEntries) throw new SofiError('archive-invalide', undefined, { entrees: zip.entryCount });
    const files = (await orBadArchive(entriesOf(zip))).filter((entry) => !entry.fileName.endsWith('/'));
    const [file] = files;
    if (file === undefined || files.length > 1)
      throw new SofiError('archive-invalide', undefined, { fichiers: files.length });
    const stream = await orBadArchive(zip.openReadStreamPromise(file));
    try {
      yield* stream as AsyncIterable<Uint8Array>;
    } catch (error) {
      throw error instanceof SofiError ? error : new SofiError('archive-invalide');
    }
  } finally {
    zip.close();
  }
}

function entriesOf(zip: ZipFile): Promise<Entry[]> {
  const entries: Entry[] = [];
  return new Promise((resolve, reject) => {
    zip.on('entry', (entry: Entry) => {
      entries.push(entry);
      zip.readEntry();
    });
    zip.on('end', () => resolve(entries));
    zip.on('error', reject);
    zip.readEntry();
  });
}
