import type { Read } from '../../db/publication/pieces.ts';
import { deltaXml } from './delta-xml.ts';
import type { FileCache, HeldFile } from './file-cache.ts';

/** Deltas kept beside the files of the newest release. */
const DELTAS_MAX = 200;

const nameOf = (from: number, to: number) => `delta-${from}-${to}`;

/** The changed formations between two releases as files, made once for each pair until a release is taken up. */
export class HeldDeltas {
  readonly #read: Read;
  readonly #cache: FileCache;
  readonly #made = new Map<string, Promise<HeldFile>>();

  constructor(read: Read, cache: FileCache) {
    this.#read = read;
    this.#cache = cache;
  }

  /** The changed formations since release `from` as one LHÉO file, made again when it was damaged on disk. */
  async get(from: number, to: number): Promise<HeldFile> {
    const held = await this.#ensure(from, to);
    if (await this.#cache.isIntact(held)) return held;
    this.#made.delete(nameOf(from, to));
    return this.#ensure(from, to);
  }

  clear(): void {
    this.#made.clear();
  }

  #ensure(from: number, to: number): Promise<HeldFile> {
    const name = nameOf(from, to);
    const known = this.#made.get(name);
    if (known !== undefined) return known;
    if (this.#made.size >= DELTAS_MAX) this.#made.clear();
    const made = this.#make(name, from, to);
    this.#made.set(name, made);
    made.catch(() => this.#made.delete(name));
    return made;
  }

  async #make(name: string, from: number, to: number): Promise<HeldFile> {
    const found = await this.#cache.ensure([{ name }], () => deltaXml(this.#read, { name, from, to }));
    const file = found.get(name);
    if (file === undefined) throw new Error(`Cannot make ${name}`);
    return file;
  }
}
