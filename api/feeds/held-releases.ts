import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import type { Sql } from '../../db/connect.ts';
import { fullFile, type Manifest, type ManifestFile, type Read } from '../../db/publication/manifest.ts';
import { latestManifest, manifestOf, type PublishedManifest } from '../../db/publication/published.ts';
import type { ApiDeps } from '../deps.ts';
import { FileCache, type HeldFile, type WantedFile } from './file-cache.ts';

/** A release that this API holds whole: its manifest and every file of it. */
export interface HeldRelease {
  readonly n: number;
  readonly manifest: Manifest;
  /** When it was switched: `Last-Modified` of all its files. */
  readonly time: Date;
  /** By name in the manifest, `manifest.json` among them. */
  readonly files: ReadonlyMap<string, HeldFile>;
}

export const MANIFEST = 'manifest.json';
const POLL_MS = 2_000;

function wantedManifest(manifest: Manifest): WantedFile {
  const bytes = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
  return { sha256: createHash('sha256').update(bytes).digest('hex'), produce: () => [bytes] };
}

/** The releases that this API can serve: the newest it holds whole, and earlier ones on demand. */
export class HeldReleases {
  readonly #read: Read;
  readonly #log: ApiDeps['log'];
  readonly #cache: FileCache;
  readonly #timer: NodeJS.Timeout;
  #current: HeldRelease | undefined;
  #known: number | undefined;
  #refreshing: Promise<void> | undefined;

  constructor({ db, settings, log }: Pick<ApiDeps, 'db' | 'settings' | 'log'>) {
    this.#read = (work) => db.asViewer(null, work);
    this.#log = log;
    this.#cache = new FileCache(resolve(settings.dataFolder, 'feeds'));
    this.#timer = setInterval(() => void this.#look(), POLL_MS).unref();
    void this.#look();
  }

  /** The newest release held whole; undefined while there is none. */
  get current(): HeldRelease | undefined {
    return this.#current;
  }

  /** Number of the newest release that exists, held or not. */
  get known(): number | undefined {
    return this.#known;
  }

  /** Takes up the newest release; one refresh runs at a time, and it also repairs what was damaged. */
  refresh(): Promise<void> {
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  /** An earlier release with its files; undefined when nothing was published under that number. */
  async earlier(n: number): Promise<HeldRelease | undefined> {
    const published = await this.#read((tx) => manifestOf(tx, n));
    return published && this.#hold(published);
  }

  /** A file of a held release, repaired first when somebody damaged it on disk. */
  intact({ manifest, n }: HeldRelease, name: string): Promise<HeldFile> {
    const file = manifest.files.find((one) => one.name === name);
    return this.#cache.ensure(file === undefined ? wantedManifest(manifest) : this.#wanted(file, n));
  }

  /** One transaction of an open reader. */
  read<T>(work: (tx: Sql) => Promise<T>): Promise<T> {
    return this.#read(work);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    try {
      await this.refresh();
    } catch (error) {
      this.#log.warn({ err: error }, 'cannot take up the newest release');
    }
  }

  async #refresh(): Promise<void> {
    const newest = await this.#read(latestManifest);
    this.#known = newest?.manifest.release;
    if (newest === undefined) return;
    const before = this.#current;
    const held = await this.#hold(newest);
    this.#current = held;
    if (before?.n === held.n) return;
    const keep = [before, held].flatMap((release) => [...(release?.files.values() ?? [])]);
    await this.#cache.prune(new Set(keep.map(({ sha256 }) => sha256)));
  }

  async #hold({ manifest, time }: PublishedManifest): Promise<HeldRelease> {
    const files = new Map<string, HeldFile>();
    for (const file of manifest.files)
      files.set(file.name, await this.#cache.ensure(this.#wanted(file, manifest.release)));
    files.set(MANIFEST, await this.#cache.ensure(wantedManifest(manifest)));
    return { n: manifest.release, manifest, time, files };
  }

  #wanted({ sha256 }: ManifestFile, n: number): WantedFile {
    return { sha256, produce: () => fullFile(this.#read, n) };
  }
}
