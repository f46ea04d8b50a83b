import { sql } from 'kysely';
import type { Sql } from '../connect.ts';
import type { ReleaseAct } from '../entities/publication.entity.ts';
import type { ManifestFile } from './files.ts';
import type { Report } from './report.ts';

export interface ReleaseRecord {
  readonly n: number;
  readonly kind: string;
  readonly state: string;
  readonly day: string;
  readonly scheduled: boolean;
  readonly dryRun: boolean;
  readonly target: number | null;
  readonly paused: ReleaseAct | null;
  readonly forced: ReleaseAct | null;
  readonly holdLifted: ReleaseAct | null;
  readonly step: string;
  readonly progress: Record<string, number> | null;
  readonly openedAt: Date;
  readonly switchedAt: Date | null;
  readonly report: Partial<Report> | null;
  readonly files: readonly ManifestFile[] | null;
}

export const RELEASE_SORTS = ['n', 'day'] as const;

export interface ReleasesAsked {
  readonly filter: { readonly state?: readonly string[] | undefined };
  readonly from: number;
  readonly limit: number;
  readonly sort: readonly [(typeof RELEASE_SORTS)[number], 'asc' | 'desc'];
}

const columns = sql`n, kind, state, day, scheduled, dry_run as "dryRun", target, paused, forced, hold_lifted as "holdLifted",
  step, progress, opened_at as "openedAt", switched_at as "switchedAt", report, manifest -> 'files' as files`;

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

export interface Health {
  readonly current: number | null;
  readonly lastSwitch: Date | null;
  /** The newest release that ended, with what stopped it or what it kept back. */
  readonly newest: {
    readonly n: number;
    readonly state: string;
    readonly organismes: number;
    readonly reason: string | null;
  } | null;
}

/** What tells how publication is doing. */
export async function readHealth(tx: Sql): Promise<Health> {
  const { rows } = await sql<Health>`
    select (select max(n) from release where state in ('published', 'empty')) as current,
      (select max(switched_at) from release where state in ('published', 'empty')) as "lastSwitch",
      (select jsonb_build_object('n', n, 'state', state, 'organismes', jsonb_array_length(coalesce(report -> 'organismes', '[]')),
          'reason', report ->> 'reason')
        from release where state in ('published', 'empty', 'stopped', 'held') and kind = 'normal' order by n desc limit 1) as newest`.execute(
    tx,
  );
  return rows[0] ?? { current: null, lastSwitch: null, newest: null };
}
