import { sql as raw } from 'kysely';
import { OPEN_STATUTS } from '../../domain/model/statuts.ts';
import type { Sql } from '../connect.ts';
import { UNDO_MS } from './state.ts';

export interface OpenRow {
  readonly id: string;
  readonly seq: number;
  /** When its last step was written, in ms. */
  readonly movedAt: number;
}

/** One page, by id, of the soumissions that must have a workflow at an instant. */
export async function openRowsPage(
  sql: Sql,
  page: { readonly after: string | null; readonly limit: number; readonly at: number },
): Promise<OpenRow[]> {
  const { rows } = await raw<{ id: string; seq: number; moved_at: Date | null }>`
    select s.id, s.seq, (select max(j.at) from journal j where j.soumission_id = s.id) as moved_at
    from soumission s
    where s.conduite = 'workflow' and (${page.after}::uuid is null or s.id > ${page.after}::uuid)
      and (s.statut = any (${[...OPEN_STATUTS, 'validee']}) or (s.statut = 'refusee' and s.decidee_le > ${new Date(page.at - UNDO_MS)}))
    order by s.id limit ${page.limit}`.execute(sql);
  return rows.map(({ id, seq, moved_at }) => ({ id, seq, movedAt: moved_at?.getTime() ?? 0 }));
}

/** Which of these soumissions have a row. */
export async function knownIds(sql: Sql, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await raw<{ id: string }>`select id from soumission where id = any (${[...ids]}::uuid[])`.execute(
    sql,
  );
  return new Set(rows.map(({ id }) => id));
}
