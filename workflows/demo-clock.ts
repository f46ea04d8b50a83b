import { executeChild, ParentClosePolicy, proxyActivities } from '@temporalio/workflow';
import type { DemoClockActivities } from './demo-clock.ports.ts';
import { freshness } from './freshness.ts';
import { publication } from './publication.ts';

const { nextBusinessDay, clockStep, endClock } = proxyActivities<DemoClockActivities>({
  startToCloseTimeout: '20 seconds',
  retry: { initialInterval: '500 ms', maximumInterval: '10 seconds' },
});

/** Demo only: business time goes forward day by day, each with its freshness pass, then the release of that day. */
export async function demoClock(id: string): Promise<void> {
  try {
    for (;;) {
      const next = await nextBusinessDay(id);
      if (next === null) break;
      const { day, at } = next;
      const workflowId = (what: string) => `horloge-${id}-${day}-${what}`;
      const parentClosePolicy = ParentClosePolicy.ABANDON;
      await clockStep({ id, step: 'fraicheur' });
      await executeChild(freshness, { workflowId: workflowId('fraicheur'), args: [day], parentClosePolicy });
      await clockStep({ id, step: 'release' });
      const args: [{ kind: 'scheduled'; at: number }] = [{ kind: 'scheduled', at }];
      await executeChild(publication, { workflowId: workflowId('release'), args, parentClosePolicy });
      await clockStep({ id, step: 'fait' });
    }
    await endClock({ id, state: 'done' });
  } catch (error) {
    await endClock({ id, state: 'failed' });
    throw error;
  }
}
