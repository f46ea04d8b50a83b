import { type RawBuilder, sql as raw } from 'kysely';
import { type Echeances, type Horloge, isRunning } from '../../domain/model/promise.ts';
import { CLOCKS, type Clock, type Source } from '../../domain/model/vocabulary.ts';
import { json, type Sql } from '../connect.ts';

function runningDue(horloge: Horloge): number[] {
  return isRunning(horloge) && horloge.pausedAt === undefined ? [horloge.due] : [];
}

/** When the next promise still running is due: the queue's order; null when all are stopped or paused. */
export function nextDue(echeances: Echeances): Date | null {
  const dues = CLOCKS.flatMap((clock) => runningDue(echeances[clock]));
  return dues.length === 0 ? null : new Date(Math.min(...dues));
}

/** What a soumission's row keeps of its clocks. */
export function clockColumns(echeances: Echeances) {
  return { echeances: json<unknown>(echeances), due_at: nextDue(echeances) };
}

/** The clocks of one soumission; `humain` is false for lanes and trusted imports, null where nobody decides anew. */
export interface PromiseRecord {
  readonly id: string;
  readonly source: Source;
  readonly humain: boolean | null;
  readonly echeances: Echeances;
}

function rowsOf({ id, source, humain, echeances }: PromiseRecord) {
  const horloges: readonly (readonly [Clock, Horloge])[] = [
    ...echeances.traitementsClos.map((horloge) => ['traitement', horloge] as const),
    ...CLOCKS.map((clock) => [clock, echeances[clock]] as const),
  ];
  return horloges.map(([clock, { due, cycle, stoppedAt, kept }]) => ({
    id,
    clock,
    cycle,
    source,
    humain,
    due: new Date(due),
    stopped: stoppedAt === undefined ? null : new Date(stoppedAt),
    kept: kept ?? null,
  }));
}

/** The statement that writes the record of every clock of soumissions, all cycles. */
export function recordingPromises(records: readonly PromiseRecord[]): RawBuilder<unknown> {
  const decided = records.every(({ humain }) => humain !== null);
  return raw`insert into promesse (soumission_id, clock, cycle, source, humain, due_at, stopped_at, kept)
    select id, clock, cycle, source, coalesce(humain, true), due, stopped, kept
    from jsonb_to_recordset(${json(records.flatMap(rowsOf))}) as x(id uuid, clock text, cycle int, source text,
      humain boolean, due timestamptz, stopped timestamptz, kept boolean)
    on conflict (soumission_id, clock, cycle) do update set
      source = excluded.source, due_at = excluded.due_at,
      humain = case when ${decided}::boolean then excluded.humain else promesse.humain end,
      stopped_at = excluded.stopped_at, kept = excluded.kept`;
}

/** Writes the record of every clock of soumissions, all cycles. */
export async function recordPromises(sql: Sql, records: readonly PromiseRecord[]): Promise<void> {
  await recordingPromises(records).execute(sql);
}
