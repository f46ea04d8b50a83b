import { type Client, ScheduleOverlapPolicy } from '@temporalio/client';
import { WORKFLOWS } from '../workflows/messages.ts';
import { declareSchedule } from './activities/declare-schedule.ts';
import { ensureFreshnessSchedule } from './activities/freshness-schedule.ts';
import { ensureSealSchedule } from './activities/journal-seal-schedule.ts';
import { ensurePublicationSchedule } from './activities/publication-schedule.ts';
import { ensureReferenceSchedule } from './activities/reference-schedule.ts';
import type { WorkerDeps } from './deps.ts';

export const RECONCILIATION_SCHEDULE = 'reconciliation';

async function ensureReconciliationSchedule(client: Client): Promise<void> {
  await declareSchedule(client, {
    id: RECONCILIATION_SCHEDULE,
    spec: { intervals: [{ every: '5 minutes' }] },
    overlap: ScheduleOverlapPolicy.SKIP,
    catchUpMs: 60_000,
    workflow: WORKFLOWS.reconciliation,
  });
}

/** Declares what runs by itself; a Schedule that exists keeps its own times and pauses, and does what this program says. */
export async function ensureSchedules(deps: Pick<WorkerDeps, 'db' | 'temporal'>): Promise<void> {
  const { temporal } = deps;
  await ensureFreshnessSchedule(deps);
  await ensurePublicationSchedule(deps);
  await ensureReconciliationSchedule(temporal);
  await ensureReferenceSchedule(temporal);
  await ensureSealSchedule(temporal);
}

/** Looks at rows and workflows now: this start may follow a crash, a restored database or a lost Temporal store. */
export async function reconcileNow(client: Client): Promise<void> {
  await client.schedule.getHandle(RECONCILIATION_SCHEDULE).trigger();
}
