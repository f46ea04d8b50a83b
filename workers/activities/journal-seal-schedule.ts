import { type Client, ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';
import { LOTS, SEAL_SCHEDULE, WORKFLOWS } from '../../workflows/messages.ts';

/** Declares the hourly seal of the journal; after an outage one catch-up seals all that moved. */
export async function ensureSealSchedule(client: Client): Promise<void> {
  try {
    await client.schedule.create({
      scheduleId: SEAL_SCHEDULE,
      spec: { intervals: [{ every: '1 hour' }] },
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 hour' },
      action: {
        type: 'startWorkflow',
        workflowType: WORKFLOWS.journalSeal,
        workflowId: SEAL_SCHEDULE,
        taskQueue: LOTS,
        args: [],
      },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
}
