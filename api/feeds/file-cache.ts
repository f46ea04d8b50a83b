import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';

/** A file that must have these bytes, and how to make them again. */
export interface WantedFile {
  readonly sha256: string;
  readonly produce: () => AsyncIterable<Buffer> | Iterable<Buffer>;
}

interface Form {
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
}

/** A file held whole, its hash proved, in both forms in which it is served. */
export interface HeldFile {
  readonly sha256: string;
  readonly identity: Form;
  readonly gzip: Form;
}

const LEFT_OVER_MS = 10 * 60_000;

/**
 * Files on this machine's disk by the SHA-256 of their bytes. What is there is believed only once its hash was proved;
 * what is missing, half written or damaged is made again from its producer.
 */
export class FileCache {
  readonly #folder: string;
  readonly #held = new Map<string, HeldFile>();
  readonly #working = new Map<string, Promise<HeldFile>>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The file, made or repaired first if needed; rejects when its producer gives other bytes. */
  async ensure(wanted: WantedFile): Promise<HeldFile> {
    const held = this.#held.get(wanted.sha256);
    if (held !== undefined && (await isIntact(held))) return held;
    const running = this.#working.get(wanted.sha256);
    if (running !== undefined) return running;
    const work = this.#proveOrMake(wanted).finally(() => this.#working.delete(wanted.sha256));
    this.#working.set(wanted.sha256, work);
    return work;
  }

  /** Removes what is not to be kept, and what a killed process left half written. */
  async prune(keep: ReadonlySet<string>): Promise<void> {
    for (const name of await readdir(this.#folder)) {
      const path = join(this.#folder, name);
      const [sha256 = ''] = name.split('.');
      const found = await stat(path).catch(() => undefined);
      if (found === undefined || keep.has(sha256)) continue;
      if (Date.now() - found.mtimeMs > LEFT_OVER_MS) await rm(path, { force: true });
    }
  }

  async #proveOrMake(wanted: WantedFile): Promise<HeldFile> {
    await mkdir(this.#folder, { recursive: true });
    const { sha256 } = wanted;
    const identity = join(this.#folder, sha256);
    const gzip = `${identity}.gz`;
    if (!(await isProved(sha256, identity, gzip))) await this.#make(wanted, identity, gzip);
    const held = { sha256, identity: await formOf(identity), gzip: await formOf(gzip) };
    this.#held.set(sha256, held);
    return held;
  }

  async #make({ sha256, produce }: WantedFile, identity: string, gzip: string): Promise<void> {
    const partial = join(this.#folder, `${sha256}.${randomUUID()}.tmp`);
    try {
      const hash = createHash('sha256');
      const hashed = async function* (source: AsyncIterable<Buffer>) {
        for await (const piece of source) {
          hash.update(piece);
          yield piece;
        }
      };
      await pipeline(Readable.from(produce()), hashed, createWriteStream(partial));
      const made = hash.digest('hex');
      if (made !== sha256) throw new Error(`Cannot make file ${sha256}: its bytes hash to ${made}`);
      await pipeline(createReadStream(partial), createGzip(), createWriteStream(`${partial}.gz`));
      await rename(`${partial}.gz`, gzip);
      await rename(partial, identity);
    } finally {
      await Promise.all([rm(partial, { force: true }), rm(`${partial}.gz`, { force: true })]);
    }
  }
}

/** True while both forms are the very files whose hash was proved. */
async function isIntact({ identity, gzip }: HeldFile): Promise<boolean> {
  const forms = await Promise.all(
    [identity, gzip].map(async (form) => sameForm(form, await formOf(form.path).catch(() => undefined))),
  );
  return forms.every(Boolean);
}

function sameForm(a: Form, b: Form | undefined): boolean {
  return b !== undefined && a.size === b.size && a.mtimeMs === b.mtimeMs;
}

async function formOf(path: string): Promise<Form> {
  const { size, mtimeMs } = await stat(path);
  return { path, size, mtimeMs };
}

async function isProved(sha256: string, identity: string, gzip: string): Promise<boolean> {
  try {
    return (await hashOf(identity, false)) === sha256 && (await hashOf(gzip, true)) === sha256;
  } catch {
    return false;
  }
}

async function hashOf(path: string, zipped: boolean): Promise<string> {
  const hash = createHash('sha256');
  const read = createReadStream(path);
  if (zipped) await pipeline(read, createGunzip(), hash);
  else await pipeline(read, hash);
  return hash.digest('hex');
}
