import { sql as raw } from 'kysely';
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

/** Writes the record of every clock of a soumission, all cycles. `humain` is false for lanes and trusted imports. */
export async function recordPromises(
  sql: Sql,
  soumission: { readonly id: string; readonly source: Source; readonly humain: boolean },
  echeances: Echeances,
): Promise<void> {
  const horloges: readonly (readonly [Clock, Horloge])[] = [
    ...echeances.traitementsClos.map((horloge) => ['traitement', horloge] as const),
    ...CLOCKS.map((clock) => [clock, echeances[clock]] as const),
  ];
  const rows = horloges.map(([clock, { due, cycle, stoppedAt, kept }]) => ({
    clock,
    cycle,
    due: new Date(due),
    stopped: stoppedAt === undefined ? null : new Date(stoppedAt),
    kept: kept ?? null,
  }));
  await raw`insert into promesse (soumission_id, clock, cycle, source, humain, due_at, stopped_at, kept)
    select ${soumission.id}::uuid, clock, cycle, ${soumission.source}, ${soumission.humain}, due, stopped, kept
    from jsonb_to_recordset(${json(rows)}) as x(clock text, cycle int, due timestamptz, stopped timestamptz, kept boolean)
    on conflict (soumission_id, clock, cycle) do update set
      source = excluded.source, humain = excluded.humain, due_at = excluded.due_at,
      stopped_at = excluded.stopped_at, kept = excluded.kept`.execute(sql);
}
