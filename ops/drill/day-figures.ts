import { sql as raw } from 'kysely';
import { promiseRecord } from '../../db/moderation/promise-record.ts';
import { quantile } from '../bench/bench.ts';
import type { Stage } from '../bench/moderation/stage.ts';

const DAY_MS = 24 * 3_600_000;

/** What a day asks and what became of it. */
export interface Day {
  readonly deposited: string[];
  readonly depositMs: number[];
  readonly decisionMs: number[];
  readonly kinds: Record<'approve' | 'refuse' | 'requestChanges', number>;
  answered: number;
  done: boolean;
}

export interface DayFigures {
  /** Those deposited that wait for checks or a decision. */
  readonly waiting: number;
  readonly statuts: Readonly<Record<string, number>>;
  /** Soumissions without three clocks in the record, or with one that contradicts their statut. */
  readonly clocksWrong: number;
  readonly clocks: number;
  readonly record: Awaited<ReturnType<typeof promiseRecord>>['rows'];
}

/** Where the day's deposits are, and what the record of the promise says of them. */
export async function dayFigures({ db }: Stage, { deposited }: Day): Promise<DayFigures> {
  return db.asWorker(async (sql) => {
    const { rows } = await raw<{ statut: string; n: number }>`select statut, count(*)::int as n from soumission
      where id = any (${deposited}::uuid[]) group by statut order by statut`.execute(sql);
    const { rows: clocks } = await raw<{ n: number; wrong: number }>`
      with c as (select s.id, s.statut, count(p.*) as n, count(*) filter (where p.clock = 'alimentation' and p.stopped_at is not null) as taken,
          count(*) filter (where p.clock = 'traitement' and p.stopped_at is not null) as treated,
          count(*) filter (where p.clock = 'diffusion' and p.stopped_at is not null) as ended
        from soumission s left join promesse p on p.soumission_id = s.id where s.id = any (${deposited}::uuid[]) group by s.id)
      select coalesce(sum(n), 0)::int as n, count(*) filter (where n < 3 or (statut <> 'deposee' and taken = 0)
        or (statut in ('validee', 'publiee', 'refusee', 'correctionsDemandees') and treated = 0)
        or (statut in ('publiee', 'refusee')) <> (ended > 0))::int as wrong from c`.execute(sql);
    const now = new Date();
    const { rows: record } = await promiseRecord(sql, { since: new Date(now.getTime() - 90 * DAY_MS), now });
    const statuts = Object.fromEntries(rows.map(({ statut, n }) => [statut, n]));
    const waiting = (statuts.deposee ?? 0) + (statuts.controlee ?? 0) + (statuts.enRevue ?? 0);
    return { waiting, statuts, record, clocks: clocks[0]?.n ?? 0, clocksWrong: clocks[0]?.wrong ?? 0 };
  });
}

interface Course {
  readonly depositedMs: number;
  readonly decidedMs: number;
  readonly releaseMs: number;
  readonly wrong: readonly string[];
}

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
const p = (times: readonly number[], share: number): string => `${quantile(times, share).toFixed(0)} ms`;

/** Prints a day's figures; answers 0 when nothing was lost. */
export function printDay(day: Day, figures: DayFigures, course: Course): number {
  const { deposited, depositMs, decisionMs, kinds, answered } = day;
  const { statuts, clocks, clocksWrong, record } = figures;
  const found = Object.values(statuts).reduce((sum, n) => sum + n, 0);
  const lost = deposited.length - found;
  const decisions = Object.entries(kinds).map(([kind, n]) => `${n} ${kind}`);
  console.log(
    `${deposited.length} deposits in ${seconds(course.depositedMs)}, all decided after ${seconds(course.decidedMs)}`,
  );
  console.log(`decisions: ${decisions.join(', ')}; ${answered} requests answered`);
  console.log(
    `now: ${Object.entries(statuts)
      .map(([statut, n]) => `${n} ${statut}`)
      .join(', ')}; ${lost} lost`,
  );
  console.log(`draft and deposit: p50 ${p(depositMs, 0.5)}, p95 ${p(depositMs, 0.95)}`);
  console.log(`decision: p50 ${p(decisionMs, 0.5)}, p95 ${p(decisionMs, 0.95)}`);
  console.log(`release of it all: ${seconds(course.releaseMs)}`);
  console.log(`${clocks} clocks in the record, ${clocksWrong} soumissions whose clocks are wrong`);
  for (const { source, clock, humain, kept, missed, running } of record) {
    const who = humain ? 'people' : 'rules';
    console.log(`  ${source} ${clock.padEnd(12)} ${who}: ${kept} kept, ${missed} missed, ${running} running`);
  }
  for (const one of course.wrong) console.log(`  ✗ ${one}`);
  return lost === 0 && figures.waiting === 0 && clocksWrong === 0 && course.wrong.length === 0 ? 0 : 1;
}
