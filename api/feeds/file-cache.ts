import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { compressBrotli } from './brotli.ts';
import { type Form, formOf, isProved, sameForm } from './form.ts';
import { type MadePiece, Making } from './making.ts';

/** Files to be had whole; one without `sha256` is taken as it is made. */
export interface WantedFile {
  readonly name: string;
  readonly sha256?: string;
}

/** How files of some names are made, again if need be; pieces of different files may come in turns. */
export type Produce = (names: readonly string[]) => AsyncIterable<MadePiece> | Iterable<MadePiece>;

/** A file held whole, its hash proved, in the forms in which it is served; brotli comes later. */
export interface HeldFile {
  readonly sha256: string;
  readonly identity: Form;
  readonly gzip: Form;
  readonly br?: Form;
}

const LEFT_OVER_MS = 10 * 60_000;

/**
 * Files on this machine's disk by the SHA-256 of their bytes. What is there is believed only once its hash was proved;
 * what is missing, half written or damaged is made again from its producer, all that miss in one go.
 */
export class FileCache {
  readonly #folder: string;
  readonly #held = new Map<string, HeldFile>();
  readonly #working = new Map<string, Promise<ReadonlyMap<string, HeldFile>>>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The files by name, made or repaired first if needed; rejects when the producer gives other bytes. */
  async ensure(wanted: readonly WantedFile[], produce: Produce): Promise<ReadonlyMap<string, HeldFile>> {
    const key = wanted.map(({ name, sha256 }) => sha256 ?? name).join();
    const running = this.#working.get(key);
    if (running !== undefined) return running;
    const work = this.#proveOrMake(wanted, produce).finally(() => this.#working.delete(key));
    this.#working.set(key, work);
    return work;
  }

  /** A file that was held is still the very one whose hash was proved. */
  async isIntact({ identity, gzip }: HeldFile): Promise<boolean> {
    const forms = await Promise.all(
      [identity, gzip].map(async (form) => sameForm(form, await formOf(form.path).catch(() => undefined))),
    );
    return forms.every(Boolean);
  }

  /** Removes what is not to be kept, and what a killed process left half written. */
  async prune(keep: ReadonlySet<string>): Promise<void> {
    for (const name of await readdir(this.#folder)) {
      const path = join(this.#folder, name);
      const [sha256 = ''] = name.split('.');
      const found = await stat(path).catch(() => undefined);
      if (found === undefined || keep.has(sha256)) continue;
      if (Date.now() - found.mtimeMs < LEFT_OVER_MS) continue;
      this.#held.delete(sha256);
      await rm(path, { force: true });
    }
  }

  /** Removes files at once: a person was removed from what they hold. */
  async forget(hashes: readonly string[]): Promise<void> {
    for (const sha256 of hashes) {
      this.#held.delete(sha256);
      const path = join(this.#folder, sha256);
      await Promise.all([path, `${path}.gz`, `${path}.br`].map((one) => rm(one, { force: true })));
    }
  }

  /** Adds the brotli form of a file that is held. */
  async addBrotli(file: HeldFile, signal: AbortSignal): Promise<HeldFile> {
    const path = `${file.identity.path}.br`;
    if ((await stat(path).catch(() => undefined)) === undefined) {
      const partial = `${path}.${randomUUID()}.tmp`;
      try {
        await compressBrotli(file.identity, partial, signal);
        await rename(partial, path);
      } finally {
        await rm(partial, { force: true });
      }
    }
    const held = { ...file, br: await formOf(path) };
    this.#held.set(file.sha256, held);
    return held;
  }

  async #proveOrMake(wanted: readonly WantedFile[], produce: Produce): Promise<ReadonlyMap<string, HeldFile>> {
    await mkdir(this.#folder, { recursive: true });
    const found = new Map<string, HeldFile>();
    const missing: WantedFile[] = [];
    for (const file of wanted) {
      const held = file.sha256 === undefined ? undefined : await this.#find(file.sha256);
      if (held === undefined) missing.push(file);
      else found.set(file.name, held);
    }
    if (missing.length === 0) return found;
    const made = await this.#make(missing, produce);
    return new Map([...found, ...made]);
  }

  async #find(sha256: string): Promise<HeldFile | undefined> {
    const held = this.#held.get(sha256);
    if (held !== undefined && (await this.isIntact(held))) return held;
    const path = join(this.#folder, sha256);
    return (await isProved(sha256, path)) ? this.#hold(sha256) : undefined;
  }

  async #hold(sha256: string): Promise<HeldFile> {
    const path = join(this.#folder, sha256);
    const held = { sha256, identity: await formOf(path), gzip: await formOf(`${path}.gz`) };
    this.#held.set(sha256, held);
    return held;
  }

  async #make(missing: readonly WantedFile[], produce: Produce): Promise<Map<string, HeldFile>> {
    const making = new Map<string, Making>();
    try {
      for (const { name } of missing) making.set(name, await Making.open(this.#folder));
      for await (const piece of produce([...making.keys()])) await making.get(piece.name)?.write(piece);
      const held = new Map<string, HeldFile>();
      for (const { name, sha256 } of missing) {
        const one = making.get(name);
        if (one === undefined) continue;
        const made = await one.close();
        if (sha256 !== undefined && made !== sha256)
          throw new Error(`Cannot make ${name} ${sha256}: its bytes hash to ${made}`);
        await one.rename(join(this.#folder, made));
        held.set(name, await this.#hold(made));
      }
      return held;
    } finally {
      await Promise.all([...making.values()].map((one) => one.discard()));
    }
  }
}
