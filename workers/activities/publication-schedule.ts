import { type Client, ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';
import { LOTS, PUBLICATION_SCHEDULE, WORKFLOWS } from '../../workflows/messages.ts';

/** 04:00 in Paris each day; after an outage one catch-up, for a day at most. */
const SPEC = { calendars: [{ hour: 4 }], timezone: 'Europe/Paris' };
const POLICIES = { overlap: ScheduleOverlapPolicy.BUFFER_ONE, catchupWindow: '24 hours' } as const;

const action = {
  type: 'startWorkflow',
  workflowType: WORKFLOWS.publication,
  workflowId: PUBLICATION_SCHEDULE,
  taskQueue: LOTS,
  args: [{ kind: 'scheduled' }],
} as const;

/** Declares the daily release to Temporal; one that exists keeps its own times and pauses. */
export async function ensurePublicationSchedule(client: Client): Promise<void> {
  try {
    await client.schedule.create({ scheduleId: PUBLICATION_SCHEDULE, spec: SPEC, policies: POLICIES, action });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
}
