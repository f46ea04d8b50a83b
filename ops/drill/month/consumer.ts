import { createHash, createPublicKey, verify } from 'node:crypto';
import { gunzipSync } from 'node:zlib';

/** What a consumer knows of one formation: read from the XML by hand, by nobody's library. */
export interface Held {
  readonly titre: string;
  readonly sessions: readonly string[];
}

interface Manifest {
  readonly release: number;
  readonly counts: { readonly formations: number; readonly sessions: number };
  readonly files: readonly { readonly name: string; readonly size: number; readonly sha256: string }[];
  readonly proof: { readonly value: string };
}

interface Delta {
  readonly from: number;
  readonly to: number;
  readonly changed: readonly { readonly numero: string }[];
  readonly deleted: readonly { readonly numero: string }[];
}

/** Faults that the official schema finds in a file of a version of LHÉO. */
export type OfficialSchema = (version: '2.2' | '2.3', xml: string) => readonly string[];

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([key, inner]) => [key, sorted(inner)]));
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** The formations of a file: each begins and ends a line, as some consumers rely on. */
function formationsOf(xml: string): Map<string, { xml: string; held: Held }> {
  const found = new Map<string, { xml: string; held: Held }>();
  for (const [text] of xml.matchAll(/^<formation[ >][\s\S]*?^<\/formation>$/gm)) {
    const numero = /^<formation[^>]* numero="([^"]*)"/.exec(text)?.[1] ?? '';
    const titre = /<intitule-formation[^>]*>([^<]*)</.exec(text)?.[1] ?? '';
    const sessions = [...text.matchAll(/<session[^>]* numero="([^"]*)"/g)].map(([, one]) => one ?? '').toSorted();
    if (found.has(numero)) throw new Error(`Two formations bear the numero ${numero}`);
    found.set(numero, { xml: text, held: { titre, sessions } });
  }
  return found;
}

/**
 * A consumer of the feeds written from the outside: HTTP and the official schema, nothing of the platform. It keeps its
 * copy by deltas and proves each day that the copy is the full file.
 */
export class Consumer {
  readonly #url: string;
  readonly #schema: OfficialSchema;
  #release: number | undefined;
  #copy = new Map<string, { xml: string; held: Held }>();
  #etag: string | undefined;

  constructor(url: string, schema: OfficialSchema) {
    this.#url = url;
    this.#schema = schema;
  }

  async #get(path: string, headers: Record<string, string> = { 'Accept-Encoding': 'identity' }): Promise<Response> {
    return fetch(`${this.#url}/flux/${path}`, { headers });
  }

  async #bytes(path: string): Promise<Buffer> {
    const response = await this.#get(path);
    if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return Buffer.from(await response.arrayBuffer());
  }

  /** Number of the newest release served; undefined while there is none. */
  async newest(): Promise<number | undefined> {
    const response = await this.#get('manifest.json');
    const body = (await response.json()) as Manifest;
    return response.status === 200 ? body.release : undefined;
  }

  /** Takes up what is new, proves it, and answers what it holds; throws with what is wrong. */
  async day(): Promise<ReadonlyMap<string, Held>> {
    const manifest = JSON.parse((await this.#bytes('manifest.json')).toString()) as Manifest;
    await this.#prove(manifest);
    const full = await this.#fullFile(manifest);
    if (this.#release === undefined) this.#copy = full;
    else if (this.#release !== manifest.release) await this.#applyDelta(this.#release, manifest.release);
    this.#release = manifest.release;
    const [mine, theirs] = [this.#copy, full].map((set) =>
      [...set].map(([numero, { xml }]) => `${numero} ${xml}`).toSorted(),
    );
    if (JSON.stringify(mine) !== JSON.stringify(theirs))
      throw new Error('The copy kept by deltas is not the full file');
    return new Map([...this.#copy].map(([numero, { held }]) => [numero, held]));
  }

  async #prove({ proof, ...manifest }: Manifest): Promise<void> {
    const key = createPublicKey(await this.#bytes('cle-publique.pem'));
    const signed = Buffer.from(JSON.stringify(sorted(manifest)));
    if (!verify(null, signed, key, Buffer.from(proof.value, 'base64'))) throw new Error('The manifest is not proved');
  }

  async #fullFile({ files, counts }: Manifest) {
    for (const { name, size, sha256: hash } of files) {
      const bytes = await this.#bytes(name);
      if (bytes.length !== size || sha256(bytes) !== hash) throw new Error(`${name} is not what the manifest says`);
    }
    const response = await this.#get('lheo-2.3.xml', {
      'Accept-Encoding': 'identity',
      ...(this.#etag === undefined ? {} : { 'If-None-Match': this.#etag }),
    });
    const known = files.find(({ name }) => name === 'lheo-2.3.xml');
    if ((response.status === 304) !== (this.#etag === `"${known?.sha256}"`))
      throw new Error('304 does not follow the bytes');
    this.#etag = response.headers.get('etag') ?? undefined;
    await response.arrayBuffer();
    const xml = (await this.#bytes('lheo-2.3.xml')).toString();
    for (const [version, text] of [
      ['2.3', xml],
      ['2.2', (await this.#bytes('lheo-2.2.xml')).toString()],
    ] as const) {
      const [fault] = this.#schema(version, text);
      if (fault !== undefined) throw new Error(`LHÉO ${version}: ${fault}`);
    }
    const found = formationsOf(xml);
    const sessions = [...found.values()].reduce((sum, { held }) => sum + held.sessions.length, 0);
    if (found.size !== counts.formations || sessions !== counts.sessions) throw new Error('The counts are not true');
    return found;
  }

  async #applyDelta(from: number, to: number): Promise<void> {
    const delta = JSON.parse((await this.#bytes(`delta.json?since=${from}`)).toString()) as Delta;
    if (delta.to !== to) throw new Error(`The delta goes to ${delta.to}, the manifest to ${to}`);
    for (const { numero } of delta.deleted) {
      if (!this.#copy.delete(numero)) throw new Error(`${numero} was deleted and never held`);
    }
    const response = await this.#get(`delta.xml?since=${from}`, { 'Accept-Encoding': 'gzip' });
    if (response.headers.get('x-sofi-deleted') !== String(delta.deleted.length))
      throw new Error('X-Sofi-Deleted is wrong');
    if (response.status === 204) {
      if (delta.changed.length > 0) throw new Error('204 although formations changed');
      return;
    }
    const bytes = Buffer.from(await response.arrayBuffer());
    const xml = (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString();
    const [fault] = this.#schema('2.3', xml);
    if (fault !== undefined) throw new Error(`delta.xml: ${fault}`);
    const changed = formationsOf(xml);
    const numeros = delta.changed.map(({ numero }) => numero).toSorted();
    if (numeros.join() !== [...changed.keys()].toSorted().join()) throw new Error('delta.xml and delta.json disagree');
    for (const { numero } of delta.deleted) {
      if (!xml.includes(`info="suppression"`) || !xml.includes(numero)) throw new Error(`No tombstone of ${numero}`);
    }
    for (const [numero, one] of changed) this.#copy.set(numero, one);
  }
}
