import { type Client, ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';
import { FRESHNESS_SCHEDULE, LOTS, WORKFLOWS } from '../../workflows/messages.ts';

/** 01:30 in Paris each day, well before the release of 04:00: the hour from 02:00 on is skipped by a spring change. */
const SPEC = { calendars: [{ hour: 1, minute: 30 }], timezone: 'Europe/Paris' };

/** Declares the daily freshness pass; one that exists keeps its own times and pauses. */
export async function ensureFreshnessSchedule(client: Client): Promise<void> {
  try {
    await client.schedule.create({
      scheduleId: FRESHNESS_SCHEDULE,
      spec: SPEC,
      policies: { overlap: ScheduleOverlapPolicy.BUFFER_ONE, catchupWindow: '24 hours' },
      action: {
        type: 'startWorkflow',
        workflowType: WORKFLOWS.freshness,
        workflowId: FRESHNESS_SCHEDULE,
        taskQueue: LOTS,
        args: [],
      },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
}
