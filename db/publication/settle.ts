import { sql } from 'kysely';
import { SofiError } from '../../domain/model/errors.ts';
import type { Sql, Viewer } from '../connect.ts';

/** What is settled of one formation's publication; both null means nothing. */
export interface Settled {
  readonly release: number | null;
  /** Paris day before which the accepted version waits. */
  readonly le: string | null;
}

export async function settledOf(tx: Sql, ficheId: string): Promise<Settled> {
  const { rows } = await sql<Settled>`
    select epingle as release, publie_le as le from fiche_publication where fiche_id = ${ficheId}`.execute(tx);
  return rows[0] ?? { release: null, le: null };
}

async function requireFormation(tx: Sql, ficheId: string): Promise<void> {
  const { rows } = await sql`
    select 1 from fiche where id = ${ficheId} and kind = 'formation' and version_n > 0`.execute(tx);
  if (rows.length === 0) throw new SofiError('introuvable', `Cannot find formation "${ficheId}"`, { fiche: ficheId });
}

/** The version that a release showed stays until it is unpinned; `introuvable` when that release did not show it. */
export async function pinFormation(
  tx: Sql,
  { viewer, ficheId, release }: { readonly viewer: Viewer; readonly ficheId: string; readonly release: number | null },
): Promise<Settled> {
  await requireFormation(tx, ficheId);
  if (release !== null) {
    const { rows } =
      await sql`select 1 from release_member m where m.fiche_id = ${ficheId} and m.from_release <= ${release}
      and (m.to_release is null or m.to_release > ${release})`.execute(tx);
    if (rows.length === 0)
      throw new SofiError('introuvable', `Cannot find formation "${ficheId}" in release ${release}`, { release });
  }
  await sql`insert into fiche_publication (fiche_id, epingle, par) values (${ficheId}, ${release}, ${viewer.userId})
    on conflict (fiche_id) do update set epingle = excluded.epingle, par = excluded.par, at = now()`.execute(tx);
  return settledOf(tx, ficheId);
}

/** The accepted version goes out from a Paris day on; null at once. */
export async function dateFormation(
  tx: Sql,
  { viewer, ficheId, le }: { readonly viewer: Viewer; readonly ficheId: string; readonly le: string | null },
): Promise<Settled> {
  await requireFormation(tx, ficheId);
  await sql`insert into fiche_publication (fiche_id, publie_le, par) values (${ficheId}, ${le}, ${viewer.userId})
    on conflict (fiche_id) do update set publie_le = excluded.publie_le, par = excluded.par, at = now()`.execute(tx);
  return settledOf(tx, ficheId);
}
