import { proxyActivities } from '@temporalio/workflow';
import type { ReconciliationActivities, ReconciliationPage } from './reconciliation.ports.ts';

const { reconcileRows, endOrphans } = proxyActivities<ReconciliationActivities>({
  startToCloseTimeout: '2 minutes',
  retry: { initialInterval: '1 second', maximumInterval: '30 seconds', maximumAttempts: 5 },
});

/** Brings workflows back to their rows, in pages: the row is the truth (design §4). */
export async function reconciliation(): Promise<Omit<ReconciliationPage, 'after'>> {
  let [started, restarted] = [0, 0];
  const lost: string[] = [];
  let after: string | null = null;
  do {
    const page: ReconciliationPage = await reconcileRows(after);
    started += page.started;
    restarted += page.restarted;
    lost.push(...page.lost);
    after = page.after;
  } while (after !== null);
  lost.push(...(await endOrphans()));
  return { started, restarted, lost };
}
