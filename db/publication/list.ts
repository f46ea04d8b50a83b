import { sql } from 'kysely';
import type { Sql } from '../connect.ts';
import type { Counts, DifferenceCounts } from './members.ts';
import type { KeptOut } from './report.ts';

export interface ReleaseRecord {
  readonly n: number;
  readonly kind: string;
  readonly state: string;
  readonly day: string;
  readonly step: string;
  readonly progress: Record<string, number> | null;
  readonly openedAt: Date;
  readonly switchedAt: Date | null;
  readonly report: {
    readonly counts?: Counts;
    readonly difference?: DifferenceCounts;
    readonly keptOut?: readonly KeptOut[];
  } | null;
}

export const RELEASE_SORTS = ['n', 'day'] as const;

export interface ReleasesAsked {
  readonly filter: { readonly state?: readonly string[] | undefined };
  readonly from: number;
  readonly limit: number;
  readonly sort: readonly [(typeof RELEASE_SORTS)[number], 'asc' | 'desc'];
}

const columns = sql`n, kind, state, day, step, progress, opened_at as "openedAt", switched_at as "switchedAt", report`;

/** One page of releases, and how many the filter keeps. */
export async function readReleases(tx: Sql, asked: ReleasesAsked): Promise<{ rows: ReleaseRecord[]; total: number }> {
  const { state } = asked.filter;
  const kept = state === undefined ? sql`true` : sql`state in (${sql.join(state.map((one) => sql`${one}`))})`;
  const [column, order] = asked.sort;
  const { rows } = await sql<ReleaseRecord>`select ${columns} from release where ${kept}
    order by ${sql.ref(column)} ${sql.raw(order)}, n ${sql.raw(order)} limit ${asked.limit} offset ${asked.from}`.execute(
    tx,
  );
  const counted = await sql<{ total: number }>`select count(*)::int as total from release where ${kept}`.execute(tx);
  return { rows, total: counted.rows[0]?.total ?? 0 };
}

/** One release; undefined when there is none of that number. */
export async function readReleaseRecord(tx: Sql, n: number): Promise<ReleaseRecord | undefined> {
  const { rows } = await sql<ReleaseRecord>`select ${columns} from release where n = ${n}`.execute(tx);
  return rows[0];
}
