import { continueAsNew, proxyActivities, sleep, workflowInfo } from '@temporalio/workflow';
import type { MailActivities } from './mail.ports.ts';

const { sendMailPage } = proxyActivities<MailActivities>({
  startToCloseTimeout: '15 minutes',
  heartbeatTimeout: '10 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
});

const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 300_000;

/**
 * The one sender of mails (design §5): page after page until the outbox is empty; while the server is away it waits
 * longer each time, five minutes at most. The relay starts it again when something may leave.
 */
export async function mail(): Promise<void> {
  let pauseMs = FIRST_PAUSE_MS;
  for (;;) {
    const page = await sendMailPage();
    if (page.away) {
      await sleep(pauseMs);
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    } else {
      pauseMs = FIRST_PAUSE_MS;
      if (!page.more) return;
    }
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof mail>();
  }
}
