import { sql } from 'kysely';
import { SofiError } from '../../domain/model/errors.ts';
import type { Sql } from '../connect.ts';

/** Steps of a release, in order; `done` once its report is written. */
const RELEASE_STEPS = ['freeze', 'render', 'switch', 'files', 'tell', 'done'] as const;
export type ReleaseStep = (typeof RELEASE_STEPS)[number];

export const RELEASE_KINDS = ['normal'] as const;
type ReleaseKind = (typeof RELEASE_KINDS)[number];

export interface ReleaseRequest {
  readonly kind: ReleaseKind;
  /** By the Schedule: at most one of them for each `day`. */
  readonly scheduled: boolean;
  /** Paris day of the scheduled time, or of the request. */
  readonly day: string;
  readonly requestedBy: string | null;
  /** Business time, ms. */
  readonly at: number;
}

/** `opened` a new one, `joined` the open one, `busy` with one of another day, `already` published on this day. */
export interface OpenedRelease {
  readonly outcome: 'opened' | 'joined' | 'busy' | 'already';
  readonly n: number;
}

interface Row {
  readonly n: number;
  readonly day: string;
  readonly kind: string;
}

const ATTEMPTS = 5;

/**
 * Opens a release or joins the open one of the same kind (a scheduled one joins a release of its own day only); several
 * callers at once get the same one. Works for the worker and behind the API's wall alike.
 */
export async function openRelease(tx: Sql, request: ReleaseRequest): Promise<OpenedRelease> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const opened =
      (await alreadyOf(tx, request)) ?? (await insertRelease(tx, request)) ?? (await joinOpen(tx, request));
    if (opened !== undefined) return opened;
  }
  throw new SofiError('release-ouverte', 'Cannot open a release: others close and open too fast', { retryAfter: 1 });
}

async function alreadyOf(tx: Sql, { scheduled, day }: ReleaseRequest): Promise<OpenedRelease | undefined> {
  if (!scheduled) return undefined;
  const { rows } = await sql<{ n: number }>`
    select n from release where scheduled and day = ${day} and state in ('published', 'empty')`.execute(tx);
  const [known] = rows;
  return known && { outcome: 'already', n: known.n };
}

async function insertRelease(tx: Sql, request: ReleaseRequest): Promise<OpenedRelease | undefined> {
  const { kind, scheduled, day, requestedBy, at } = request;
  const { rows } = await sql<{ n: number }>`
    insert into release (kind, scheduled, day, requested_by, opened_at, step)
    values (${kind}, ${scheduled}, ${day}, ${requestedBy}, ${new Date(at)}, 'freeze')
    on conflict do nothing returning n`.execute(tx);
  const [opened] = rows;
  return opened && { outcome: 'opened', n: opened.n };
}

/** Undefined when the open release closed in between. */
async function joinOpen(tx: Sql, { kind, scheduled, day }: ReleaseRequest): Promise<OpenedRelease | undefined> {
  const { rows } = await sql<Row>`select n, day, kind from release where state = 'open' for update`.execute(tx);
  const [open] = rows;
  if (open === undefined) return undefined;
  if (open.kind !== kind || (scheduled && open.day !== day)) return { outcome: 'busy', n: open.n };
  if (scheduled) await sql`update release set scheduled = true where n = ${open.n}`.execute(tx);
  return { outcome: 'joined', n: open.n };
}

/** Where a release stands; `undefined` when there is none of that number. */
export interface ReleaseStand {
  readonly n: number;
  readonly state: 'open' | 'published' | 'empty' | 'failed' | 'stopped';
  readonly step: ReleaseStep;
  readonly day: string;
}

export async function readRelease(tx: Sql, n: number): Promise<ReleaseStand | undefined> {
  const { rows } = await sql<ReleaseStand>`
    select n, state, step, day from release where n = ${n}`.execute(tx);
  return rows[0];
}

/** Says how far a release is, for those who watch it. */
export async function markStep(
  tx: Sql,
  n: number,
  step: ReleaseStep,
  progress: Record<string, number> | null,
): Promise<void> {
  await sql`update release set step = ${step}, progress = ${progress === null ? null : JSON.stringify(progress)}::jsonb
    where n = ${n}`.execute(tx);
}

/** Gives up a release before its switch: what it froze is forgotten, the published set stays. */
export async function failRelease(tx: Sql, n: number, reason: string): Promise<void> {
  await sql`update release set state = 'failed', report = ${JSON.stringify({ reason: reason.slice(0, 500) })}::jsonb
    where n = ${n} and state = 'open'`.execute(tx);
}
