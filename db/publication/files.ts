import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip, gzipSync } from 'node:zlib';
import { FULL_FOOT, fullHead, INDEX_FOOT, INDEX_HEAD } from '../../domain/lheo/fiche/out-bytes.ts';
import { ORGANISMES_HEAD, SESSIONS_HEAD } from '../../domain/lheo/fiche/out-csv.ts';
import { JSONLD_FOOT, JSONLD_HEAD } from '../../domain/lheo/fiche/out-jsonld.ts';
import type { FicheKind } from '../../domain/model/vocabulary.ts';
import type { Sql } from '../connect.ts';
import { type MemberBytes, type MemberKey, memberPage } from './members.ts';

export const FULL_FILE = 'lheo-2.3.xml';

/** One file of a release as the manifest names it. */
export interface ManifestFile {
  readonly name: string;
  readonly mediaType: string;
  /** Bytes of the identity form. */
  readonly size: number;
  readonly sha256: string;
}

interface FileForm {
  readonly mediaType: string;
  readonly kind: FicheKind;
  readonly head: string;
  readonly foot: string;
  readonly piece: (member: MemberBytes) => Buffer | null;
  /** Small pieces are compressed again page by page; large ones keep their own gzip members. */
  readonly packed: boolean;
}

/** The files of a release, each a function of its set alone. */
export const RELEASE_FILES = {
  [FULL_FILE]: {
    mediaType: 'application/xml',
    kind: 'formation',
    head: fullHead('2.3'),
    foot: FULL_FOOT,
    piece: ({ lheo }) => lheo,
    packed: true,
  },
  'lheo-2.2.xml': {
    mediaType: 'application/xml',
    kind: 'formation',
    head: fullHead('2.2'),
    foot: FULL_FOOT,
    piece: ({ lheo, lheo22 }) => lheo22 ?? lheo,
    packed: true,
  },
  'sessions.csv': {
    mediaType: 'text/csv; charset=utf-8',
    kind: 'formation',
    head: SESSIONS_HEAD,
    foot: '',
    piece: ({ csv }) => csv,
    packed: false,
  },
  'formations.jsonld': {
    mediaType: 'application/ld+json',
    kind: 'formation',
    head: JSONLD_HEAD,
    foot: JSONLD_FOOT,
    piece: ({ jsonld }) => jsonld,
    packed: true,
  },
  'organismes.csv': {
    mediaType: 'text/csv; charset=utf-8',
    kind: 'organisme',
    head: ORGANISMES_HEAD,
    foot: '',
    piece: ({ csv }) => csv,
    packed: false,
  },
  'lheo-index.xml': {
    mediaType: 'application/xml',
    kind: 'organisme',
    head: INDEX_HEAD,
    foot: INDEX_FOOT,
    piece: ({ lheo }) => lheo,
    packed: false,
  },
} as const satisfies Readonly<Record<string, FileForm>>;
export type ReleaseFileName = keyof typeof RELEASE_FILES;
export const RELEASE_FILE_NAMES = Object.keys(RELEASE_FILES) as ReleaseFileName[];

/** One transaction, by either door of the database. */
export type Read = <T>(work: (tx: Sql) => Promise<T>) => Promise<T>;

/** The next bytes of one file, as they are and as gzip. */
export interface FilePiece {
  readonly name: string;
  readonly bytes: Buffer;
  readonly gzip: Buffer;
}

const PAGE = 200;
const inflate = promisify(gunzip);
const deflate = promisify(gzip);

const whole = (name: string, text: string): FilePiece => ({
  name,
  bytes: Buffer.from(text),
  gzip: gzipSync(text),
});

async function pieceOf(name: ReleaseFileName, page: readonly MemberBytes[]): Promise<FilePiece | undefined> {
  const { piece, packed } = RELEASE_FILES[name];
  const members = page.map((member) => piece(member)).filter((one) => one !== null);
  if (members.length === 0) return undefined;
  if (packed) {
    const zipped = Buffer.concat(members);
    return { name, bytes: await inflate(zipped), gzip: zipped };
  }
  // An inflated member of a few lines is cheap; one whose bytes are damaged makes the whole file fail its hash.
  const bytes = await inflate(Buffer.concat(members));
  return { name, bytes, gzip: await deflate(bytes) };
}

/** Two files whose page has the same members are inflated once. */
async function piecesOf(names: readonly ReleaseFileName[], page: readonly MemberBytes[]): Promise<FilePiece[]> {
  const same = page.every(({ lheo22 }) => lheo22 === null);
  const both = same && names.includes(FULL_FILE) && names.includes('lheo-2.2.xml');
  const asked = both ? names.filter((name) => name !== 'lheo-2.2.xml') : names;
  const pieces = (await Promise.all(asked.map((name) => pieceOf(name, page)))).filter((one) => one !== undefined);
  const full = pieces.find(({ name }) => name === FULL_FILE);
  return both && full !== undefined ? [...pieces, { ...full, name: 'lheo-2.2.xml' }] : pieces;
}

/**
 * The bytes of a release's files in pieces, files in turns, each file's own in order: memory stays flat whatever the
 * release holds, and every page of it is read once for all files.
 */
export async function* releaseFiles(
  read: Read,
  n: number,
  names: readonly ReleaseFileName[] = RELEASE_FILE_NAMES,
): AsyncGenerator<FilePiece> {
  for (const kind of ['formation', 'organisme'] as const) {
    const own = names.filter((name) => RELEASE_FILES[name].kind === kind);
    if (own.length === 0) continue;
    yield* own.map((name) => whole(name, RELEASE_FILES[name].head));
    let after: MemberKey | null = null;
    let next = read((tx) => memberPage(tx, { n, kind, after: null, limit: PAGE }));
    for (;;) {
      const page: MemberBytes[] = await next;
      const last = page.at(-1);
      const more = last !== undefined && page.length === PAGE;
      if (more) {
        after = { numero: last.numero, ficheId: last.ficheId };
        const key: MemberKey = after;
        next = read((tx) => memberPage(tx, { n, kind, after: key, limit: PAGE }));
        next.catch(() => undefined);
      }
      yield* await piecesOf(own, page);
      if (!more) break;
    }
    yield* own.map((name) => whole(name, RELEASE_FILES[name].foot)).filter(({ bytes }) => bytes.length > 0);
  }
}

/** The bytes of a release's full file of LHÉO 2.3, in pieces. */
export async function* fullFile(read: Read, n: number): AsyncGenerator<Buffer> {
  for await (const { bytes } of releaseFiles(read, n, [FULL_FILE])) yield bytes;
}

/** Size and SHA-256 of each file of a release, read once from the database. */
export async function measureFiles(read: Read, n: number): Promise<ManifestFile[]> {
  const sizes = new Map(RELEASE_FILE_NAMES.map((name) => [name as string, { hash: createHash('sha256'), size: 0 }]));
  for await (const { name, bytes } of releaseFiles(read, n)) {
    const found = sizes.get(name);
    if (found === undefined) continue;
    found.hash.update(bytes);
    found.size += bytes.length;
  }
  return RELEASE_FILE_NAMES.map((name) => {
    const found = sizes.get(name);
    return {
      name,
      mediaType: RELEASE_FILES[name].mediaType,
      size: found?.size ?? 0,
      sha256: found?.hash.digest('hex') ?? '',
    };
  });
}
