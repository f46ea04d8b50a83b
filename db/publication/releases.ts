import { sql } from 'kysely';
import { SofiError } from '../../domain/model/errors.ts';
import type { Sql } from '../connect.ts';
import type { RELEASE_STATES, ReleaseAct } from '../entities/publication.entity.ts';

/** Steps of a release, in order; `done` once its report is written. */
const RELEASE_STEPS = ['prepare', 'freeze', 'render', 'breaker', 'switch', 'files', 'tell', 'done'] as const;
export type ReleaseStep = (typeof RELEASE_STEPS)[number];

export const RELEASE_KINDS = ['normal', 'emergency', 'rollback'] as const;
export type ReleaseKind = (typeof RELEASE_KINDS)[number];

export interface ReleaseRequest {
  readonly kind: ReleaseKind;
  /** By the Schedule: at most one of them for each `day`. */
  readonly scheduled: boolean;
  /** Prepares and reports, never switches. */
  readonly dryRun?: boolean;
  /** The release whose set a roll-back brings back. */
  readonly target?: number;
  /** Passes the circuit breaker from the start. */
  readonly forced?: ReleaseAct;
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
  readonly dry_run: boolean;
}

const ATTEMPTS = 5;

/**
 * Opens a release or joins the open one of the same kind (a scheduled one joins a release of its own day only); several
 * callers at once get the same one. Works for the worker and behind the API's wall alike.
 */
export async function openRelease(tx: Sql, request: ReleaseRequest): Promise<OpenedRelease> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (request.kind === 'emergency') await giveWay(tx);
    const opened =
      (await alreadyOf(tx, request)) ??
      (await emergencyFirst(tx, request)) ??
      (await insertRelease(tx, request)) ??
      (await joinOpen(tx, request));
    if (opened !== undefined) return opened;
  }
  throw new SofiError('release-ouverte', 'Cannot open a release: others close and open too fast', { retryAfter: 1 });
}

async function alreadyOf(tx: Sql, { scheduled, day }: ReleaseRequest): Promise<OpenedRelease | undefined> {
  if (!scheduled) return undefined;
  const { rows } = await sql<{ n: number }>`
    select n from release where scheduled and day = ${day} and state in ('published', 'empty', 'stopped', 'held')`.execute(
    tx,
  );
  const [known] = rows;
  return known && { outcome: 'already', n: known.n };
}

/** What cannot wait goes before anything else: its own release is opened in the place of the one asked for. */
async function emergencyFirst(tx: Sql, request: ReleaseRequest): Promise<OpenedRelease | undefined> {
  if (request.kind === 'emergency' || !(await hasUrgences(tx))) return undefined;
  const { day, at } = request;
  const opened = await insertRelease(tx, { kind: 'emergency', scheduled: false, day, requestedBy: null, at });
  return opened && { outcome: 'busy', n: opened.n };
}

/** Why a paused release was stopped: an emergency took its place; resumed, another one goes on in its stead. */
export const GAVE_WAY = 'urgence';

/** A release that an administrator paused is not waited for by what cannot wait. */
async function giveWay(tx: Sql): Promise<void> {
  await sql`update release set state = 'stopped', progress = null, report = ${JSON.stringify({ reason: GAVE_WAY })}::jsonb
    where state = 'open' and paused is not null and kind <> 'emergency'`.execute(tx);
}

/** True while a fiche waits to be withdrawn at once. */
export async function hasUrgences(tx: Sql): Promise<boolean> {
  const { rows } = await sql`select 1 from urgence where release_n is null and fiche_id is not null limit 1`.execute(
    tx,
  );
  return rows.length > 0;
}

async function insertRelease(tx: Sql, request: ReleaseRequest): Promise<OpenedRelease | undefined> {
  const { kind, scheduled, day, requestedBy, at, dryRun = false, target = null, forced } = request;
  const { rows } = await sql<{ n: number }>`
    insert into release (kind, scheduled, day, requested_by, opened_at, step, dry_run, target, forced)
    values (${kind}, ${scheduled}, ${day}, ${requestedBy}, ${new Date(at)}, 'prepare', ${dryRun}, ${target},
      ${forced === undefined ? null : JSON.stringify(forced)}::jsonb)
    on conflict do nothing returning n`.execute(tx);
  const [opened] = rows;
  return opened && { outcome: 'opened', n: opened.n };
}

/** Undefined when the open release closed in between. */
async function joinOpen(
  tx: Sql,
  { kind, scheduled, day, dryRun = false }: ReleaseRequest,
): Promise<OpenedRelease | undefined> {
  const { rows } = await sql<Row>`select n, day, kind, dry_run from release where state = 'open' for update`.execute(
    tx,
  );
  const [open] = rows;
  if (open === undefined) return undefined;
  const alike = open.kind === kind && open.dry_run === dryRun && kind !== 'rollback';
  if (!alike || (scheduled && open.day !== day)) return { outcome: 'busy', n: open.n };
  if (scheduled) await sql`update release set scheduled = true where n = ${open.n}`.execute(tx);
  return { outcome: 'joined', n: open.n };
}

/** Where a release stands; `undefined` when there is none of that number. */
export interface ReleaseStand {
  readonly n: number;
  readonly kind: ReleaseKind;
  readonly state: (typeof RELEASE_STATES)[number];
  readonly step: ReleaseStep;
  readonly day: string;
  readonly dryRun: boolean;
  readonly target: number | null;
  readonly paused: ReleaseAct | null;
  readonly forced: ReleaseAct | null;
}

export async function readRelease(tx: Sql, n: number): Promise<ReleaseStand | undefined> {
  const { rows } = await sql<ReleaseStand>`
    select n, kind, state, step, day, dry_run as "dryRun", target, paused, forced from release where n = ${n}`.execute(
    tx,
  );
  return rows[0];
}

/** The same; `introuvable` when there is none. */
export async function requireRelease(tx: Sql, n: number): Promise<ReleaseStand> {
  const stand = await readRelease(tx, n);
  if (stand === undefined) throw new SofiError('introuvable', `Cannot find release ${n}`);
  return stand;
}

/** Says how far a release is, for those who watch it. */
export async function markStep(
  tx: Sql,
  n: number,
  step: ReleaseStep,
  progress: Record<string, number> | null,
): Promise<void> {
  await sql`update release set step = ${step}, progress = ${progress === null ? null : JSON.stringify(progress)}::jsonb
    where n = ${n} and state = 'open'`.execute(tx);
}

/** Ends a release before its switch with a report; what it froze may be decided on again, the published set stays. */
export async function endUnswitched(
  tx: Sql,
  n: number,
  state: 'failed' | 'stopped' | 'held' | 'tried',
  report: object,
): Promise<void> {
  await sql`update release set state = ${state}, report = ${JSON.stringify(report)}::jsonb, progress = null, paused = null
    where n = ${n} and state = 'open'`.execute(tx);
}
