import type { Sql } from '../connect.ts';
import type { Manifest } from './manifest.ts';

/** A release whose manifest is written, so that its files can be made. */
export interface PublishedManifest {
  readonly manifest: Manifest;
  /** When it was switched. */
  readonly time: Date;
  /** PEM of the key that proves it. */
  readonly publicKey: string;
}

const published = (tx: Sql) =>
  tx
    .selectFrom('release')
    .select(['manifest', 'switched_at', 'public_key'])
    .where('state', 'in', ['published', 'empty'])
    .where('manifest', 'is not', null);

interface Row {
  readonly manifest: unknown;
  readonly switched_at: Date | null;
  readonly public_key: string | null;
}

function fromRow(row: Row | undefined): PublishedManifest | undefined {
  if (row === undefined || row.switched_at === null) return undefined;
  return { manifest: row.manifest as Manifest, time: row.switched_at, publicKey: row.public_key ?? '' };
}

/** The newest release that can be served. */
export async function latestManifest(tx: Sql): Promise<PublishedManifest | undefined> {
  return fromRow(await published(tx).orderBy('n', 'desc').limit(1).executeTakeFirst());
}

/** The manifest of one release, if it was published. */
export async function manifestOf(tx: Sql, n: number): Promise<PublishedManifest | undefined> {
  return fromRow(await published(tx).where('n', '=', n).executeTakeFirst());
}

/** Number of the newest release that is switched, its manifest written or not; cheap enough to ask every second. */
export async function newestSwitched(tx: Sql): Promise<number | undefined> {
  const row = await tx
    .selectFrom('release')
    .select('n')
    .where('state', 'in', ['published', 'empty'])
    .orderBy('n', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.n;
}

/** True once a release was opened by the Schedule. */
export async function wasScheduled(tx: Sql): Promise<boolean> {
  const row = await tx.selectFrom('release').select('n').where('scheduled', '=', true).limit(1).executeTakeFirst();
  return row !== undefined;
}
