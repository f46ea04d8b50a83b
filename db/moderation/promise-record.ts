import { sql as raw } from 'kysely';
import type { Clock, Source } from '../../domain/model/vocabulary.ts';
import type { Sql } from '../connect.ts';

export interface PromiseFigures {
  readonly source: Source;
  readonly clock: Clock;
  readonly humain: boolean;
  readonly kept: number;
  readonly missed: number;
  readonly running: number;
}

export interface PromiseDay {
  readonly day: string;
  readonly clock: Clock;
  readonly kept: number;
  readonly missed: number;
}

/** The record of promises due since an instant: by source and clock, and day by day for what people decide. */
export async function promiseRecord(
  sql: Sql,
  { since, now }: { readonly since: Date; readonly now: Date },
): Promise<{ readonly rows: PromiseFigures[]; readonly jours: PromiseDay[] }> {
  // A clock that nobody stopped is missed from its due instant on, unless it pauses while the OF owes an answer.
  const counted = raw`select p.*, coalesce(p.kept, case when p.stopped_at is null and p.due_at < ${now}::timestamptz
      and s.statut <> 'correctionsDemandees' then false end) as result
    from promesse p join soumission s on s.id = p.soumission_id where p.due_at >= ${since}::timestamptz`;
  const { rows } = await raw<PromiseFigures>`select source, clock, humain,
      (count(*) filter (where result))::int as kept, (count(*) filter (where not result))::int as missed,
      (count(*) filter (where stopped_at is null and result is null))::int as running
    from (${counted}) c group by source, clock, humain order by source, clock, humain`.execute(sql);
  const { rows: jours } = await raw<PromiseDay>`select to_char(due_at at time zone 'Europe/Paris', 'YYYY-MM-DD') as day,
      clock, (count(*) filter (where result))::int as kept, (count(*) filter (where not result))::int as missed
    from (${counted}) c where humain and result is not null group by 1, clock order by 1, clock`.execute(sql);
  return { rows, jours };
}
