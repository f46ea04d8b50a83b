import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Manifest } from '../../../db/publication/manifest.ts';
import type { RemotePlatform } from '../../demo/remote-platform.ts';

export const FULL = 'lheo-2.3.xml';
const LOOK_EVERY_MS = 50;

const since = (began: number): number => (performance.now() - began) / 1000;

/** The feeds of a running platform, seen from outside and timed. */
export class Feeds {
  readonly url: string;
  readonly admin: RemotePlatform;

  constructor(url: string, admin: RemotePlatform) {
    this.url = url;
    this.admin = admin;
  }

  get full(): string {
    return `${this.url}/flux/${FULL}`;
  }

  async manifest(): Promise<Manifest | undefined> {
    const response = await fetch(`${this.url}/flux/manifest.json`);
    const body = (await response.json()) as Manifest;
    return response.ok ? body : undefined;
  }

  /** Asks for a release and waits until its files are served as they are and in gzip; seconds from the ask. */
  async release(): Promise<{ readonly seconds: number; readonly manifest: Manifest }> {
    const began = performance.now();
    const { body } = await this.admin.post<{ n: number }>('/releases', { kind: 'normal' });
    for (;;) {
      const manifest = await this.manifest();
      if (manifest?.release === body.n) return { seconds: since(began), manifest };
      await sleep(LOOK_EVERY_MS);
    }
  }

  /** Seconds until the full file is served in brotli. */
  async untilBrotli(): Promise<number> {
    const began = performance.now();
    for (let encoding = ''; encoding !== 'br'; await sleep(LOOK_EVERY_MS)) {
      const head = await fetch(this.full, { method: 'HEAD', headers: { 'Accept-Encoding': 'br' } });
      encoding = head.headers.get('content-encoding') ?? '';
    }
    return since(began);
  }

  /** Withdraws a formation in emergency; seconds from the decision to a feed without it. */
  async withdraw(): Promise<number> {
    const { body } = await this.admin.call<{ id: string; numero: string }[]>('/formations?range=[0,0]');
    const [one] = body;
    const before = (await this.manifest())?.release;
    if (one === undefined || before === undefined) throw new Error('Cannot withdraw: the offer is empty');
    const began = performance.now();
    await this.admin.post(`/formations/${one.id}/retrait`, { motif: 'Mesure du retrait en urgence', urgence: true });
    for (;;) {
      const response = await fetch(`${this.url}/flux/delta.json?since=${before}`);
      const delta = (await response.json()) as { deleted?: { numero: string }[] };
      if (delta.deleted?.some(({ numero }) => numero === one.numero) === true) return since(began);
      await sleep(LOOK_EVERY_MS);
    }
  }

  /** Downloads the full file; its ETag and the SHA-256 of what came. */
  async download(to: string): Promise<{ readonly etag: string; readonly sha256: string }> {
    const response = await fetch(this.full, { headers: { 'Accept-Encoding': 'identity' } });
    if (response.body === null) throw new Error('Cannot download: no body');
    const hash = createHash('sha256');
    const hashed = async function* (source: AsyncIterable<Uint8Array>) {
      for await (const piece of source) {
        hash.update(piece);
        yield piece;
      }
    };
    await pipeline(response.body, hashed, createWriteStream(to));
    return { etag: response.headers.get('etag') ?? '', sha256: hash.digest('hex') };
  }
}
