import { sql } from 'kysely';
import type { Sql } from '../connect.ts';
import type { Gone } from './breaker.ts';
import { type Counts, type DifferenceCounts, differenceOf } from './members.ts';

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

/** What a release did or would do. */
export interface Report {
  readonly counts: Counts | null;
  readonly difference: DifferenceCounts;
  readonly keptOut: readonly KeptOut[];
  /** Sessions that vanish, ended and withdrawn ones apart, and of how many. */
  readonly gone: { readonly sessions: number; readonly of: number };
  /** Organismes whose previous bytes stay, by the circuit breaker. */
  readonly organismes: readonly Gone[];
  /** Why it was not switched. */
  readonly reason?: string;
}

/** The report of a release that is prepared and not switched. */
export async function preparedReport(
  tx: Sql,
  n: number,
  breaker: Pick<Report, 'gone' | 'organismes'>,
): Promise<Report> {
  const { rows } = await sql<KeptOut>`
    select c.fiche_id as fiche, coalesce(f.numero, o.numero, '') as numero, c.kept_out as reason
    from release_change c left join formation f on f.id = c.fiche_id left join organisme o on o.id = c.fiche_id
    where c.release_n = ${n} and c.kept_out is not null order by c.fiche_id limit ${KEPT_OUT_MAX}`.execute(tx);
  return { counts: null, difference: await differenceOf(tx, n), keptOut: rows, ...breaker };
}

/** Keeps what the circuit breaker found until the report is written. */
export async function keepBreaker(tx: Sql, n: number, found: Pick<Report, 'gone' | 'organismes'>): Promise<void> {
  await sql`update release set report = ${JSON.stringify(found)}::jsonb where n = ${n} and state = 'open'`.execute(tx);
}

/** Closes a release with what its manifest says that it holds and that differs, and with what stayed out. */
export async function saveReport(tx: Sql, n: number): Promise<void> {
  const said = sql`jsonb_build_object('counts', manifest -> 'counts', 'difference', manifest -> 'difference',
    'keptOut', ${JSON.stringify(await keptOut(tx))}::jsonb)`;
  await sql`update release set report = coalesce(report, '{}') || ${said}, step = 'done', progress = null
    where n = ${n}`.execute(tx);
}
