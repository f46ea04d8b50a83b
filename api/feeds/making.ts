import { createHash, type Hash, randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** The next bytes of one of several files that are made together. */
export interface MadePiece {
  readonly name: string;
  readonly bytes: Buffer;
  /** The same as one or more gzip members. */
  readonly gzip: Buffer;
}

/** One file being written in both forms under a name of its own. */
export class Making {
  readonly #path: string;
  readonly #identity: FileHandle;
  readonly #gzip: FileHandle;
  readonly #hash: Hash = createHash('sha256');

  constructor(path: string, identity: FileHandle, gzip: FileHandle) {
    this.#path = path;
    this.#identity = identity;
    this.#gzip = gzip;
  }

  static async open(folder: string): Promise<Making> {
    const path = join(folder, `${randomUUID()}.tmp`);
    return new Making(path, await open(path, 'w'), await open(`${path}.gz`, 'w'));
  }

  async write({ bytes, gzip }: MadePiece): Promise<void> {
    this.#hash.update(bytes);
    await Promise.all([this.#identity.writeFile(bytes), this.#gzip.writeFile(gzip)]);
  }

  async close(): Promise<string> {
    await Promise.all([this.#identity.close(), this.#gzip.close()]);
    return this.#hash.digest('hex');
  }

  async rename(to: string): Promise<void> {
    await rename(`${this.#path}.gz`, `${to}.gz`);
    await rename(this.#path, to);
  }

  /** Leaves nothing half written behind, on a full disk too. */
  async discard(): Promise<void> {
    await Promise.allSettled([this.#identity.close(), this.#gzip.close()]);
    await Promise.all([rm(this.#path, { force: true }), rm(`${this.#path}.gz`, { force: true })]);
  }
}
