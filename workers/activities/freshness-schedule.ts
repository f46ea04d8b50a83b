import { type Backfill, ScheduleOverlapPolicy } from '@temporalio/client';
import { missesPass } from '../../db/fraicheur/passes.ts';
import { businessDay } from '../../db/horloge.ts';
import { addDays } from '../../domain/model/calendar.ts';
import { instantOf, parisDayOf } from '../../domain/model/paris-time.ts';
import { lastFiring } from '../../domain/model/release-day.ts';
import { FRESHNESS_SCHEDULE, WORKFLOWS } from '../../workflows/messages.ts';
import type { WorkerDeps } from '../deps.ts';
import { declareSchedule, LONGEST_DAY_MS, missedDay } from './declare-schedule.ts';

/** 01:30 in Paris each day, well before the release of 04:00: the hour from 02:00 on is skipped by a spring change. */
const [HOUR, MINUTE] = [1, 30];
const SPEC = { calendars: [{ hour: HOUR, minute: MINUTE }], timezone: 'Europe/Paris' };
const OVERLAP = ScheduleOverlapPolicy.BUFFER_ONE;

/** The last pass that was due, when passes were made before and that one was not. */
async function missedPass({ db }: Pick<WorkerDeps, 'db'>): Promise<Backfill[]> {
  const now = Date.now();
  const due = lastFiring(instantOf(addDays(parisDayOf(now), -1), HOUR, MINUTE), now);
  const isMissed = await db.asWorker(async (sql) => missesPass(sql, await businessDay(sql, due)));
  return isMissed ? missedDay(OVERLAP) : [];
}

/**
 * Declares the daily freshness pass; one that exists keeps its own times and pauses. What was missed while Temporal's store
 * was lost is made up for by one pass, of the last day that was due.
 */
export async function ensureFreshnessSchedule(deps: Pick<WorkerDeps, 'db' | 'temporal'>): Promise<void> {
  await declareSchedule(deps.temporal, {
    id: FRESHNESS_SCHEDULE,
    spec: SPEC,
    overlap: OVERLAP,
    catchUpMs: LONGEST_DAY_MS,
    workflow: WORKFLOWS.freshness,
    missed: await missedPass(deps),
  });
}
