import { sql as raw } from 'kysely';
import type { Sql } from '../connect.ts';

/** What `/metrics` tells of the rows; ages and durations in seconds, null where there is nothing to measure. */
export interface Figures {
  /** By statut that has rows: how many, and since when the oldest waits. */
  readonly soumissions: readonly { readonly statut: string; readonly n: number; readonly oldestS: number | null }[];
  /** Open soumissions whose next promise is missed already. */
  readonly late: number;
  readonly promises: readonly {
    readonly clock: string;
    readonly humain: boolean;
    readonly kept: number;
    readonly missed: number;
    /** Of the missed, those that nobody stopped yet. */
    readonly late: number;
  }[];
  readonly outbox: { readonly waiting: number; readonly oldestS: number | null; readonly tries: number };
  readonly imports: { readonly running: number; readonly oldestS: number | null };
  readonly release: {
    readonly last: number | null;
    readonly switchedAgoS: number | null;
    readonly tookS: number | null;
    readonly keptOut: number;
    readonly openS: number | null;
    /** Releases given up since the last that was published. */
    readonly failed: number;
  };
}

type Row = Readonly<Record<string, number | string | boolean | null>>;

/** Windows of the promise's record; interface.md §3. */
const PROMISE_DAYS = 90;

async function rows(sql: Sql, query: ReturnType<typeof raw>): Promise<readonly Row[]> {
  return (await (query as ReturnType<typeof raw<Row>>).execute(sql)).rows;
}

const figure = (value: unknown): number => Number(value ?? 0);
const figureOrNull = (value: unknown): number | null => (value === null || value === undefined ? null : Number(value));

/** Reads them in one transaction; `at` is the instant ages are counted to. */
export async function readFigures(sql: Sql, at: Date): Promise<Figures> {
  const soumissions = await rows(
    sql,
    raw`select statut, count(*) as n,
      extract(epoch from ${at}::timestamptz - min(coalesce(deposee_le, created_at))) as oldest
      from soumission group by statut order by statut`,
  );
  const [late] = await rows(
    sql,
    raw`select count(*) as n from soumission
      where statut in ('deposee', 'controlee', 'enRevue', 'correctionsDemandees') and due_at < ${at}`,
  );
  const promises = await rows(
    sql,
    raw`select clock, humain, count(*) filter (where kept) as kept,
      count(*) filter (where kept = false or (stopped_at is null and due_at < ${at})) as missed,
      count(*) filter (where stopped_at is null and due_at < ${at}) as late
      from promesse where due_at >= ${at}::timestamptz - make_interval(days => ${PROMISE_DAYS})
      group by clock, humain order by clock, humain`,
  );
  const [outbox] = await rows(
    sql,
    raw`select count(*) as n, extract(epoch from ${at}::timestamptz - min(created_at)) as oldest, max(tries) as tries
      from outbox where done_at is null`,
  );
  const [imports] = await rows(
    sql,
    raw`select count(*) as n, extract(epoch from ${at}::timestamptz - min(started_at)) as oldest
      from import where state = 'running'`,
  );
  const [release] = await rows(
    sql,
    raw`with last as (select * from release where switched_at is not null order by n desc limit 1)
      select (select n from last) as last,
        (select extract(epoch from ${at}::timestamptz - switched_at) from last) as switched_ago,
        (select extract(epoch from switched_at - opened_at) from last) as took,
        (select count(*) from fiche_rendue where outcome = 'kept') as kept_out,
        (select extract(epoch from ${at}::timestamptz - min(opened_at)) from release where state = 'open') as open,
        (select count(*) from release where state = 'failed' and n > coalesce((select n from last), 0)) as failed`,
  );
  return {
    soumissions: soumissions.map(({ statut, n, oldest }) => ({
      statut: String(statut),
      n: figure(n),
      oldestS: figureOrNull(oldest),
    })),
    late: figure(late?.n),
    promises: promises.map(({ clock, humain, kept, missed, late: running }) => ({
      clock: String(clock),
      humain: humain === true,
      kept: figure(kept),
      missed: figure(missed),
      late: figure(running),
    })),
    outbox: {
      waiting: figure(outbox?.n),
      oldestS: figureOrNull(outbox?.oldest),
      tries: figure(outbox?.tries),
    },
    imports: { running: figure(imports?.n), oldestS: figureOrNull(imports?.oldest) },
    release: {
      last: figureOrNull(release?.last),
      switchedAgoS: figureOrNull(release?.switched_ago),
      tookS: figureOrNull(release?.took),
      keptOut: figure(release?.kept_out),
      openS: figureOrNull(release?.open),
      failed: figure(release?.failed),
    },
  };
}
