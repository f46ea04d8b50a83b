import { promisify } from 'node:util';
import { gunzip, gzip, gzipSync } from 'node:zlib';
import type { FicheKind } from '../../domain/model/vocabulary.ts';
import type { Sql } from '../connect.ts';
import { FULL_FILE, RELEASE_FILE_NAMES, RELEASE_FILES, type ReleaseFileName } from './file-forms.ts';
import { type MemberBytes, type MemberKey, memberPage } from './members.ts';

/** One transaction, by either door of the database. */
export type Read = <T>(work: (tx: Sql) => Promise<T>) => Promise<T>;

/** The next bytes of one file, as they are and as gzip; `gzip` is empty when only the bytes were asked for. */
export interface FilePiece {
  readonly name: string;
  readonly bytes: Buffer;
  readonly gzip: Buffer;
}

const PAGE = 200;
/** A page of a large file is inflated in two or three steps, not in a hundred. */
const CHUNK = { chunkSize: 1 << 20 };
const NOT_ASKED = Buffer.alloc(0);
const inflate = promisify(gunzip);
const deflate = promisify(gzip);

const whole = (name: string, text: string): FilePiece => ({
  name,
  bytes: Buffer.from(text),
  gzip: gzipSync(text),
});

/** What is asked of the files of a release. */
interface Asked {
  readonly n: number;
  readonly names: readonly ReleaseFileName[];
  readonly zipped: boolean;
}

async function pieceOf(
  name: ReleaseFileName,
  page: readonly MemberBytes[],
  zipped: boolean,
): Promise<FilePiece | undefined> {
  const { piece, packed } = RELEASE_FILES[name];
  const members = page.map((member) => piece(member)).filter((one) => one !== null);
  if (members.length === 0) return undefined;
  const joined = Buffer.concat(members);
  // An inflated member of a few lines is cheap; one whose bytes are damaged makes the whole file fail its hash.
  const bytes = await inflate(joined, CHUNK);
  if (!zipped) return { name, bytes, gzip: NOT_ASKED };
  return { name, bytes, gzip: packed ? joined : await deflate(bytes) };
}

/** Two files whose page has the same members are inflated once. */
async function piecesOf({ names, zipped }: Asked, page: readonly MemberBytes[]): Promise<FilePiece[]> {
  const same = page.every(({ lheo22 }) => lheo22 === null);
  const both = same && names.includes(FULL_FILE) && names.includes('lheo-2.2.xml');
  const asked = both ? names.filter((name) => name !== 'lheo-2.2.xml') : names;
  const pieces = (await Promise.all(asked.map((name) => pieceOf(name, page, zipped)))).filter(
    (one) => one !== undefined,
  );
  const full = pieces.find(({ name }) => name === FULL_FILE);
  return both && full !== undefined ? [...pieces, { ...full, name: 'lheo-2.2.xml' }] : pieces;
}

interface PiecesOfPage {
  readonly pieces: readonly FilePiece[];
  /** Where the next page begins; null after the last. */
  readonly last: MemberKey | null;
}

async function nextPieces(read: Read, asked: Asked, kind: FicheKind, after: MemberKey | null): Promise<PiecesOfPage> {
  const page = await read((tx) => memberPage(tx, { n: asked.n, kind, after, limit: PAGE }));
  const last = page.length === PAGE ? page.at(-1) : undefined;
  const pieces = await piecesOf(asked, page);
  return { pieces, last: last === undefined ? null : { numero: last.numero, ficheId: last.ficheId } };
}

/** A page is read and inflated while the one before it is used. */
async function* piecesOfKind(read: Read, asked: Asked, kind: FicheKind): AsyncGenerator<FilePiece> {
  let next: Promise<PiecesOfPage> | undefined = nextPieces(read, asked, kind, null);
  while (next !== undefined) {
    const { pieces, last }: PiecesOfPage = await next;
    next = last === null ? undefined : nextPieces(read, asked, kind, last);
    // Who stops listening leaves a page behind that nobody waits for.
    next?.catch(() => undefined);
    yield* pieces;
  }
}

/**
 * The bytes of a release's files in pieces, files in turns, each file's own in order: memory stays flat whatever the
 * release holds, and every page of it is read once for all files.
 */
export async function* releaseFiles(
  read: Read,
  n: number,
  names: readonly ReleaseFileName[] = RELEASE_FILE_NAMES,
  { zipped = true }: { readonly zipped?: boolean } = {},
): AsyncGenerator<FilePiece> {
  for (const kind of ['formation', 'organisme'] as const) {
    const own = names.filter((name) => RELEASE_FILES[name].kind === kind);
    if (own.length === 0) continue;
    yield* own.map((name) => whole(name, RELEASE_FILES[name].head));
    yield* piecesOfKind(read, { n, names: own, zipped }, kind);
    yield* own.map((name) => whole(name, RELEASE_FILES[name].foot)).filter(({ bytes }) => bytes.length > 0);
  }
}
