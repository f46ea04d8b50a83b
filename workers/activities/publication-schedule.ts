import { type Backfill, ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';
import { wasScheduled } from '../../db/publication/published.ts';
import { LOTS, PUBLICATION_SCHEDULE, WORKFLOWS } from '../../workflows/messages.ts';
import type { WorkerDeps } from '../deps.ts';

const HOUR_MS = 3_600_000;
/** The longest Paris day: whenever the server is back, the last hour that passed is caught up. */
const CATCH_UP_HOURS = 25;

/** 04:00 in Paris each day; after an outage one catch-up (`lastFiring` makes one of two). */
const SPEC = { calendars: [{ hour: 4 }], timezone: 'Europe/Paris' };
const POLICIES = { overlap: ScheduleOverlapPolicy.BUFFER_ONE, catchupWindow: `${CATCH_UP_HOURS} hours` } as const;

const action = {
  type: 'startWorkflow',
  workflowType: WORKFLOWS.publication,
  workflowId: PUBLICATION_SCHEDULE,
  taskQueue: LOTS,
  args: [{ kind: 'scheduled' }],
} as const;

/** The hours that passed while a Schedule was lost, when there was one: releases were scheduled before. */
async function missedHours({ db }: Pick<WorkerDeps, 'db'>): Promise<Backfill[]> {
  if (!(await db.asWorker(wasScheduled))) return [];
  const end = new Date();
  const start = new Date(end.getTime() - CATCH_UP_HOURS * HOUR_MS);
  return [{ start, end, overlap: POLICIES.overlap }];
}

/**
 * Declares the daily release to Temporal; one that exists keeps its own times and pauses. One that is new although
 * releases were scheduled before stands for one that was lost with Temporal's store: it catches up what that one missed.
 */
export async function ensurePublicationSchedule(deps: Pick<WorkerDeps, 'db' | 'temporal'>): Promise<void> {
  const state = { backfill: await missedHours(deps) };
  try {
    await deps.temporal.schedule.create({
      scheduleId: PUBLICATION_SCHEDULE,
      spec: SPEC,
      policies: POLICIES,
      action,
      state,
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
}
