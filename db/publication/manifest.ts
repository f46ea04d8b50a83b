import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { FULL_FOOT, FULL_HEAD } from '../../domain/lheo/fiche/out-bytes.ts';
import type { Sql } from '../connect.ts';
import {
  type Counts,
  countsOf,
  type DifferenceCounts,
  differenceOf,
  type MemberBytes,
  type MemberKey,
  memberPage,
} from './members.ts';

/** One file of a release as the manifest names it. */
export interface ManifestFile {
  readonly name: string;
  readonly mediaType: string;
  /** Bytes of the identity form. */
  readonly size: number;
  readonly sha256: string;
}

/** The manifest as it is served (interface.md §4). */
export interface Manifest {
  readonly release: number;
  readonly day: string;
  /** When it was switched, ISO 8601 in UTC. */
  readonly time: string;
  /** The release before it, if any. */
  readonly previous: number | null;
  readonly counts: Counts;
  readonly difference: DifferenceCounts;
  readonly files: readonly ManifestFile[];
}

export const FULL_FILE = 'lheo-2.3.xml';
const PAGE = 200;

/** One transaction, by either door of the database. */
export type Read = <T>(work: (tx: Sql) => Promise<T>) => Promise<T>;

/** The bytes of a release's full file, in pieces: memory stays flat whatever the release holds. */
export async function* fullFile(read: Read, n: number): AsyncGenerator<Buffer> {
  yield Buffer.from(FULL_HEAD);
  let after: MemberKey | null = null;
  for (;;) {
    const key: MemberKey | null = after;
    const page: MemberBytes[] = await read((tx) => memberPage(tx, n, key, PAGE));
    if (page.length > 0) yield Buffer.concat(page.map(({ bytes }) => bytes));
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) break;
    after = { numero: last.numero, ficheId: last.ficheId };
  }
  yield Buffer.from(FULL_FOOT);
}

/** Size and SHA-256 of a release's full file, read once from the database; `onBytes` tells how far it is. */
export async function measureFullFile(
  read: Read,
  n: number,
  onBytes: (bytes: number) => void = () => {},
): Promise<ManifestFile> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const piece of fullFile(read, n)) {
    hash.update(piece);
    size += piece.length;
    onBytes(size);
  }
  return { name: FULL_FILE, mediaType: 'application/xml', size, sha256: hash.digest('hex') };
}

interface Switched {
  readonly n: number;
  readonly day: string;
  readonly switchedAt: Date;
  readonly manifest: Manifest | null;
}

/** A release that was switched, and the last one switched before it. */
export async function switchedWithPrevious(
  tx: Sql,
  n: number,
): Promise<{ readonly release: Switched | undefined; readonly previous: Switched | undefined }> {
  const rows = await tx
    .selectFrom('release')
    .select(['n', 'day', 'switched_at', 'manifest'])
    .where('n', '<=', n)
    .where('state', 'in', ['published', 'empty'])
    .orderBy('n', 'desc')
    .limit(2)
    .execute();
  const [first, second] = rows.map(
    (row): Switched => ({
      n: row.n,
      day: row.day,
      switchedAt: row.switched_at ?? new Date(0),
      manifest: row.manifest as Manifest | null,
    }),
  );
  return first?.n === n ? { release: first, previous: second } : { release: undefined, previous: first };
}

/** True when no formation came in, changed or left: the files keep their bytes. */
export async function isUnchanged(tx: Sql, n: number): Promise<boolean> {
  const { added, changed, deleted } = await differenceOf(tx, n);
  return added + changed + deleted === 0;
}

/** Writes the manifest of a switched release; from then on the feeds serve it. */
export async function saveManifest(tx: Sql, n: number, files: readonly ManifestFile[]): Promise<Manifest> {
  const { release, previous } = await switchedWithPrevious(tx, n);
  if (release === undefined) throw new Error(`Cannot write the manifest of release ${n}: it was not switched`);
  const manifest: Manifest = {
    release: n,
    day: release.day,
    time: release.switchedAt.toISOString(),
    previous: previous?.n ?? null,
    counts: await countsOf(tx, n),
    difference: await differenceOf(tx, n),
    files,
  };
  await sql`update release set manifest = ${JSON.stringify(manifest)}::jsonb, step = 'tell' where n = ${n}`.execute(tx);
  return manifest;
}
