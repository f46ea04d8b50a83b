import { proxyActivities } from '@temporalio/workflow';
import type { ReconciliationActivities, ReconciliationPage, ReconciliationReport } from './reconciliation.ports.ts';

const { reconcileRows, endOrphans, resumeProcedures, lostByRestore, abandonForgotten } =
  proxyActivities<ReconciliationActivities>({
    startToCloseTimeout: '2 minutes',
    retry: { initialInterval: '1 second', maximumInterval: '30 seconds', maximumAttempts: 5 },
  });

/** Brings workflows back to their rows, in pages: the row is the truth (design §4). */
export async function reconciliation(): Promise<ReconciliationReport> {
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
  const resumed = await resumeProcedures();
  const ended = await lostByRestore();
  const forgotten = await abandonForgotten();
  return { started, restarted, resumed, lost: lost.map((id) => `soumission-${id}`).concat(ended), forgotten };
}
