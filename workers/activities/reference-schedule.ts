import { type Client, ScheduleOverlapPolicy } from '@temporalio/client';
import { REFERENCE_SCHEDULE, WORKFLOWS } from '../../workflows/messages.ts';
import { declareSchedule, LONGEST_DAY_MS } from './declare-schedule.ts';

/** Declares the daily load of reference tables, 03:00 in Paris, and asks for one now: unchanged files cost a hash. */
export async function ensureReferenceSchedule(client: Client): Promise<void> {
  await declareSchedule(client, {
    id: REFERENCE_SCHEDULE,
    spec: { calendars: [{ hour: 3 }], timezone: 'Europe/Paris' },
    overlap: ScheduleOverlapPolicy.SKIP,
    catchUpMs: LONGEST_DAY_MS,
    workflow: WORKFLOWS.referenceImport,
  });
  await client.schedule.getHandle(REFERENCE_SCHEDULE).trigger();
}
