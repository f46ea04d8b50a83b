import { sql } from 'kysely';
import { SofiError } from '../../domain/model/errors.ts';
import type { Sql } from '../connect.ts';
import type { ReleaseAct } from '../entities/publication.entity.ts';
import { thaw } from './freeze.ts';
import { GAVE_WAY, requireRelease } from './releases.ts';

async function lockRelease(tx: Sql, n: number) {
  await sql`select n from release where n = ${n} for update`.execute(tx);
  return requireRelease(tx, n);
}

function refuse(n: number, act: string, state: string): never {
  throw new SofiError('release-close', `Cannot ${act} release ${n}: it is ${state}`, { release: n, state });
}

/** A running release waits after the page it is at; `release-close` once it is switched or ended. */
export async function pauseRelease(tx: Sql, n: number, act: ReleaseAct): Promise<void> {
  const { state, step } = await lockRelease(tx, n);
  if (state !== 'open') refuse(n, 'pause', state === 'published' ? step : state);
  await sql`update release set paused = ${JSON.stringify(act)}::jsonb where n = ${n}`.execute(tx);
}

/**
 * A waiting release goes on; one that gave way to an emergency is followed by another with the same wish. Answers the
 * number of the one that goes on.
 */
export async function resumeRelease(tx: Sql, n: number): Promise<number> {
  const { state, paused } = await lockRelease(tx, n);
  if (paused === null || !(state === 'open' || (await gaveWay(tx, n)))) refuse(n, 'resume', state);
  await sql`update release set paused = null where n = ${n}`.execute(tx);
  return state === 'open' ? n : openInstead(tx, n);
}

async function gaveWay(tx: Sql, n: number): Promise<boolean> {
  const { rows } = await sql`
    select 1 from release where n = ${n} and state = 'stopped' and report ->> 'reason' = ${GAVE_WAY}`.execute(tx);
  return rows.length > 0;
}

/** The day's place passes to the new one. Refuses `release-ouverte`. */
async function openInstead(tx: Sql, n: number): Promise<number> {
  await sql`update release set state = 'failed' where n = ${n}`.execute(tx);
  const { rows } = await sql<{ n: number }>`
    insert into release (kind, scheduled, day, requested_by, step, dry_run, target, forced)
    select kind, scheduled, day, requested_by, 'prepare', dry_run, target, forced from release where n = ${n}
    on conflict do nothing returning n`.execute(tx);
  const [opened] = rows;
  if (opened === undefined) throw new SofiError('release-ouverte', undefined, { retryAfter: 5 });
  return opened.n;
}

export interface Forced {
  /** `again`: it was stopped and starts anew; `running`: it will pass; `anew`: published, a new release has to pass. */
  readonly next: 'again' | 'running' | 'anew';
}

/**
 * Lets a release pass the circuit breaker: a stopped one is opened and frozen anew, a running one marked. One that was
 * published with organismes kept back asks for another release. Refuses `release-close` (superseded, failed),
 * `release-ouverte` (another one runs).
 */
export async function forceRelease(tx: Sql, n: number, act: ReleaseAct): Promise<Forced> {
  const { state } = await lockRelease(tx, n);
  const forced = sql`forced = ${JSON.stringify(act)}::jsonb`;
  if (state === 'open') {
    await sql`update release set ${forced} where n = ${n}`.execute(tx);
    return { next: 'running' };
  }
  if (state === 'published') return { next: 'anew' };
  if (state !== 'stopped') refuse(n, 'force', state);
  const { rows } = await sql<{ n: number; state: string }>`
    select n, state from release where n > ${n} and state in ('published', 'empty') or state = 'open' limit 1`.execute(
    tx,
  );
  const [other] = rows;
  if (other?.state === 'open') throw new SofiError('release-ouverte', undefined, { release: other.n });
  if (other !== undefined) refuse(n, 'force', `superseded by release ${other.n}`);
  await sql`update release set state = 'open', step = 'prepare', report = null, ${forced} where n = ${n}`.execute(tx);
  return { next: 'again' };
}

/** Forgets what a stopped release froze; by its worker, before it is frozen anew. */
export async function startAnew(tx: Sql, n: number): Promise<void> {
  const { step, state } = await lockRelease(tx, n);
  if (state === 'open' && step === 'prepare') await thaw(tx, n);
}

export interface Hold {
  /** The roll-back that holds publication. */
  readonly release: number;
  readonly target: number;
  readonly since: Date;
}

/** The roll-back that holds publication; undefined when none does. */
export async function currentHold(tx: Sql): Promise<Hold | undefined> {
  const { rows } = await sql<Hold>`
    select n as release, target, switched_at as since from release
    where kind = 'rollback' and state in ('published', 'empty') and hold_lifted is null order by n desc limit 1`.execute(
    tx,
  );
  return rows[0];
}

/** Lets publication go on; `introuvable` when nothing holds it. */
export async function liftHold(tx: Sql, act: ReleaseAct): Promise<void> {
  const { numAffectedRows } = await sql`update release set hold_lifted = ${JSON.stringify(act)}::jsonb
    where kind = 'rollback' and state in ('published', 'empty') and hold_lifted is null`.execute(tx);
  if ((numAffectedRows ?? 0n) === 0n) throw new SofiError('introuvable', 'Cannot lift a hold: there is none');
}
