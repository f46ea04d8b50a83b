import { type Client, ScheduleOverlapPolicy } from '@temporalio/client';
import { SEAL_SCHEDULE, WORKFLOWS } from '../../workflows/messages.ts';
import { declareSchedule } from './declare-schedule.ts';

/** Declares the hourly seal of the journal; after an outage one catch-up seals all that moved. */
export async function ensureSealSchedule(client: Client): Promise<void> {
  await declareSchedule(client, {
    id: SEAL_SCHEDULE,
    spec: { intervals: [{ every: '1 hour' }] },
    overlap: ScheduleOverlapPolicy.SKIP,
    catchUpMs: 3_600_000,
    workflow: WORKFLOWS.journalSeal,
  });
}
