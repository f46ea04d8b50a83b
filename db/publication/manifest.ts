import { sql } from 'kysely';
import type { Sql } from '../connect.ts';
import type { ManifestFile } from './files.ts';
import { type Counts, countsOf, type DifferenceCounts, differenceOf } from './members.ts';

/** Proves that a manifest is the platform's: an Ed25519 signature of its canonical JSON without `proof`. */
export interface Proof {
  readonly type: 'Ed25519';
  /** SHA-256 of the public key's DER, hexadecimal. */
  readonly key: string;
  /** Base64. */
  readonly value: string;
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
  readonly proof: Proof;
}

/** Signs a manifest; `publicKey` is its PEM. */
export interface Signer {
  readonly publicKey: string;
  readonly sign: (manifest: Omit<Manifest, 'proof'>) => Proof;
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

/** True when no fiche came in, changed or left: the files keep their bytes. */
export async function isUnchanged(tx: Sql, n: number): Promise<boolean> {
  const { rows } = await sql`
    select 1 from release_change where release_n = ${n} and outcome in ('changed', 'deleted') limit 1`.execute(tx);
  return rows.length === 0;
}

/** Writes the signed manifest of a switched release; from then on the feeds serve it. */
export async function saveManifest(
  tx: Sql,
  n: number,
  files: readonly ManifestFile[],
  signer: Signer,
): Promise<Manifest> {
  const { release, previous } = await switchedWithPrevious(tx, n);
  if (release === undefined) throw new Error(`Cannot write the manifest of release ${n}: it was not switched`);
  const unsigned = {
    release: n,
    day: release.day,
    time: release.switchedAt.toISOString(),
    previous: previous?.n ?? null,
    counts: await countsOf(tx, n),
    difference: await differenceOf(tx, n),
    files,
  };
  const manifest: Manifest = { ...unsigned, proof: signer.sign(unsigned) };
  await sql`update release set manifest = ${JSON.stringify(manifest)}::jsonb, public_key = ${signer.publicKey}, step = 'tell'
    where n = ${n}`.execute(tx);
  return manifest;
}
