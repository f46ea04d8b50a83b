import { resolve } from 'node:path';
import type { Sql } from '../../db/connect.ts';
import { RELEASE_FILE_NAMES, type ReleaseFileName } from '../../db/publication/file-forms.ts';
import { isUnchanged, type Manifest } from '../../db/publication/manifest.ts';
import { isErased } from '../../db/publication/members.ts';
import { type Read, releaseFiles } from '../../db/publication/pieces.ts';
import { latestManifest, manifestOf, newestSwitched, type PublishedManifest } from '../../db/publication/published.ts';
import { SofiError } from '../../domain/model/errors.ts';
import type { ApiDeps } from '../deps.ts';
import { FileCache, type HeldFile } from './file-cache.ts';
import { HeldDeltas } from './held-deltas.ts';
import { producerOf, wantedOf } from './release-pieces.ts';

/** A release that this API holds whole: its manifest and every file of it. */
export interface HeldRelease {
  readonly n: number;
  readonly manifest: Manifest;
  /** When it was switched: `Last-Modified` of all its files. */
  readonly time: Date;
  readonly publicKey: string;
  /** By name in the manifest, `manifest.json` among them. */
  readonly files: ReadonlyMap<string, HeldFile>;
}

/** How often the newest release is looked for; the second while one is switched and its manifest is being written. */
const LOOK_MS = { rest: 250, soon: 100 } as const;

/** The releases that this API can serve: the newest it holds whole, and earlier ones on demand. */
export class HeldReleases {
  readonly #read: Read;
  readonly #log: ApiDeps['log'];
  readonly #cache: FileCache;
  #timer: NodeJS.Timeout | undefined;
  readonly #stop = new AbortController();
  readonly #deltas: HeldDeltas;
  #current: HeldRelease | undefined;
  #known: number | undefined;
  #refreshing: Promise<void> | undefined;
  #preparing: { readonly n: number; readonly done: Promise<void> } | undefined;

  constructor({ db, settings, log }: Pick<ApiDeps, 'db' | 'settings' | 'log'>) {
    this.#read = (work) => db.asViewer(null, work);
    this.#log = log;
    this.#cache = new FileCache(resolve(settings.dataFolder, 'feeds'));
    this.#deltas = new HeldDeltas(this.#read, this.#cache);
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

  /** Takes up the newest release; one refresh runs at a time. */
  refresh(): Promise<void> {
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  /** An earlier release; undefined when nothing was published under that number, 410 when a person was removed from it. */
  async earlier(n: number): Promise<PublishedManifest | undefined> {
    const published = await this.#read((tx) => manifestOf(tx, n));
    if (published !== undefined && (await this.#read((tx) => isErased(tx, n)))) {
      await this.#cache.forget(
        published.manifest.files.map(({ sha256 }) => sha256).filter((one) => !this.#isCurrent(one)),
      );
      throw new SofiError('personne-retiree', undefined, { release: n });
    }
    return published;
  }

  /** A file of a release, repaired first when somebody damaged it on disk. */
  async intact(manifest: Manifest, name: string): Promise<HeldFile | undefined> {
    const held = this.#current?.n === manifest.release ? this.#current.files.get(name) : undefined;
    if (held !== undefined && (await this.#cache.isIntact(held))) return held;
    const wanted = wantedOf(manifest).find((file) => file.name === name);
    if (wanted === undefined) return undefined;
    const found = await this.#cache.ensure([wanted], producerOf(this.#read, manifest));
    return found.get(name);
  }

  /** The changed formations since release `from` as one LHÉO file, made once for each pair. */
  delta(from: number, to: number): Promise<HeldFile> {
    return this.#deltas.get(from, to);
  }

  isIntact(file: HeldFile): Promise<boolean> {
    return this.#cache.isIntact(file);
  }

  /** One transaction of an open reader. */
  read<T>(work: (tx: Sql) => Promise<T>): Promise<T> {
    return this.#read(work);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#stop.abort();
  }

  #isCurrent(sha256: string): boolean {
    return [...(this.#current?.files.values() ?? [])].some((file) => file.sha256 === sha256);
  }

  async #look(): Promise<void> {
    try {
      const newest = await this.#read(newestSwitched);
      if (newest !== undefined && newest !== this.#current?.n) await this.refresh();
    } catch (error) {
      if (!this.#stop.signal.aborted) this.#log.warn({ err: error }, 'cannot take up the newest release');
    }
    if (this.#stop.signal.aborted) return;
    const isComing = this.#preparing !== undefined && this.#preparing.n !== this.#current?.n;
    this.#timer = setTimeout(() => void this.#look(), isComing ? LOOK_MS.soon : LOOK_MS.rest).unref();
  }

  async #refresh(): Promise<void> {
    const [newest, switched] = await this.#read(async (tx) => [await latestManifest(tx), await newestSwitched(tx)]);
    this.#known = newest?.manifest.release;
    if (switched !== undefined && switched !== newest?.manifest.release && this.#preparing?.n !== switched)
      this.#preparing = { n: switched, done: this.#prepare(switched) };
    if (newest === undefined) return;
    const before = this.#current;
    if (before?.n === newest.manifest.release) return;
    if (this.#preparing?.n === newest.manifest.release) await this.#preparing.done;
    const held = await this.#hold(newest);
    this.#current = held;
    this.#deltas.clear();
    void this.#addBrotli(held);
    const keep = [before, held].flatMap((release) => [...(release?.files.values() ?? [])]);
    await this.#cache.prune(new Set(keep.map(({ sha256 }) => sha256)));
  }

  /** Makes the files of a release while its manifest is being written: they will be there when it is. */
  async #prepare(n: number): Promise<void> {
    try {
      if (await this.#read((tx) => isUnchanged(tx, n))) return;
      const wanted = RELEASE_FILE_NAMES.map((name) => ({ name }));
      await this.#cache.ensure(wanted, (names) => releaseFiles(this.#read, n, names as ReleaseFileName[]));
    } catch (error) {
      if (!this.#stop.signal.aborted)
        this.#log.warn({ err: error, release: n }, 'cannot prepare the files of a release');
    }
  }

  async #hold({ manifest, time, publicKey }: PublishedManifest): Promise<HeldRelease> {
    const files = await this.#cache.ensure(wantedOf(manifest), producerOf(this.#read, manifest));
    return { n: manifest.release, manifest, time, publicKey, files };
  }

  /** Brotli follows, file by file, while gzip is served in its place. */
  async #addBrotli(release: HeldRelease): Promise<void> {
    try {
      for (const [name, file] of release.files) {
        if (this.#current !== release && this.#current?.n !== release.n) return;
        const held = await this.#cache.addBrotli(file, this.#stop.signal);
        const current = this.#current;
        if (current?.n === release.n) this.#current = { ...current, files: new Map([...current.files, [name, held]]) };
      }
    } catch (error) {
      if (!this.#stop.signal.aborted) this.#log.warn({ err: error }, 'cannot compress the feeds with brotli');
    }
  }
}
