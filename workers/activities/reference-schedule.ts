import { type Client, ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';
import { LOTS, REFERENCE_SCHEDULE, WORKFLOWS } from '../../workflows/messages.ts';

/** Declares the daily load of reference tables, 03:00 in Paris, and asks for one now: unchanged files cost a hash. */
export async function ensureReferenceSchedule(client: Client): Promise<void> {
  try {
    await client.schedule.create({
      scheduleId: REFERENCE_SCHEDULE,
      spec: { calendars: [{ hour: 3 }], timezone: 'Europe/Paris' },
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '24 hours' },
      action: {
        type: 'startWorkflow',
        workflowType: WORKFLOWS.referenceImport,
        workflowId: REFERENCE_SCHEDULE,
        taskQueue: LOTS,
        args: [],
      },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
  await client.schedule.getHandle(REFERENCE_SCHEDULE).trigger();
}
