import { sql as raw } from 'kysely';
import type { Sql } from '../connect.ts';

/** Imports and releases that a workflow has to be driving, old enough for it to have begun. */
export interface UnderWay {
  readonly imports: readonly string[];
  readonly releases: readonly number[];
}

/** Who asked starts it by then; less than a restart takes, as the start looks once and the next look is five minutes away. */
const SETTLED_SECONDS = 3;

/** Reads what is under way. A release goes on after its switch: files, notices, report. */
export async function underWay(sql: Sql): Promise<UnderWay> {
  const imports = await sql
    .selectFrom('import')
    .select('id')
    .where('state', '=', 'running')
    .where('started_at', '<', raw<Date>`now() - make_interval(secs => ${SETTLED_SECONDS})`)
    .execute();
  const { rows } = await raw<{ n: number }>`select n from release
    where opened_at < now() - make_interval(secs => ${SETTLED_SECONDS})
      and (state = 'open' or (state in ('published', 'empty') and step <> 'done')) order by n`.execute(sql);
  return { imports: imports.map(({ id }) => id), releases: rows.map(({ n }) => n) };
}

/** What the newest rows are: anything that ended later elsewhere is unknown here. */
export async function newestRows(sql: Sql): Promise<{ readonly journal: Date | null; readonly release: number }> {
  const { rows } = await raw<{ journal: Date | null; release: number }>`select
    (select max(at) from journal) as journal, coalesce((select max(n) from release), 0)::int as release`.execute(sql);
  return rows[0] ?? { journal: null, release: 0 };
}

/** The `seq` of these soumissions, those without a row left out. */
export async function seqsOf(sql: Sql, ids: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await raw<{ id: string; seq: number }>`
    select id, seq from soumission where id = any (${[...ids]}::uuid[])`.execute(sql);
  return new Map(rows.map(({ id, seq }) => [id, seq]));
}
