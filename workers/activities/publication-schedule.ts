import { type Backfill, ScheduleOverlapPolicy } from '@temporalio/client';
import { wasScheduled } from '../../db/publication/published.ts';
import { PUBLICATION_SCHEDULE, WORKFLOWS } from '../../workflows/messages.ts';
import type { WorkerDeps } from '../deps.ts';
import { declareSchedule, LONGEST_DAY_MS, missedDay } from './declare-schedule.ts';

/** 04:00 in Paris each day; after an outage one catch-up (`lastFiring` makes one of two). */
const SPEC = { calendars: [{ hour: 4 }], timezone: 'Europe/Paris' };
const OVERLAP = ScheduleOverlapPolicy.BUFFER_ONE;

/** The hours that passed while a Schedule was lost, when there was one: releases were scheduled before. */
async function missedHours({ db }: Pick<WorkerDeps, 'db'>): Promise<Backfill[]> {
  return (await db.asWorker(wasScheduled)) ? missedDay(OVERLAP) : [];
}

/**
 * Declares the daily release to Temporal; one that exists keeps its own times and pauses. One that is new although
 * releases were scheduled before stands for one that was lost with Temporal's store: it catches up what that one missed.
 */
export async function ensurePublicationSchedule(deps: Pick<WorkerDeps, 'db' | 'temporal'>): Promise<void> {
  await declareSchedule(deps.temporal, {
    id: PUBLICATION_SCHEDULE,
    spec: SPEC,
    overlap: OVERLAP,
    catchUpMs: LONGEST_DAY_MS,
    workflow: WORKFLOWS.publication,
    args: [{ kind: 'scheduled' }],
    missed: await missedHours(deps),
  });
}
