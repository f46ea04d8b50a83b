import { sql } from 'kysely';
import type { Sql } from '../connect.ts';
import { countsOf, differenceOf } from './members.ts';

/** The next soumissions that a release published and that have a workflow of their own, by id. */
export async function publishedPage(tx: Sql, n: number, after: string | null, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from soumission where release_n = ${n} and statut = 'publiee' and conduite = 'workflow'
      and (${after}::uuid is null or id > ${after}::uuid) order by id limit ${limit}`.execute(tx);
  return rows.map(({ id }) => id);
}

/** A fiche that no release shows as it was accepted, and why. */
export interface KeptOut {
  readonly fiche: string;
  readonly numero: string;
  readonly reason: string;
}

const KEPT_OUT_MAX = 1_000;

async function keptOut(tx: Sql): Promise<KeptOut[]> {
  const { rows } = await sql<KeptOut>`
    select p.fiche_id as fiche, coalesce(f.numero, o.numero, '') as numero, coalesce(p.reason, '') as reason
    from fiche_rendue p left join formation f on f.id = p.fiche_id left join organisme o on o.id = p.fiche_id
    where p.outcome = 'kept' order by p.fiche_id limit ${KEPT_OUT_MAX}`.execute(tx);
  return rows;
}

/** Closes a release with what it holds, what differs from the one before and what stayed out. */
export async function saveReport(tx: Sql, n: number): Promise<void> {
  const report = { counts: await countsOf(tx, n), difference: await differenceOf(tx, n), keptOut: await keptOut(tx) };
  await sql`update release set report = ${JSON.stringify(report)}::jsonb, step = 'done', progress = null where n = ${n}`.execute(
    tx,
  );
}
