import { proxyActivities } from '@temporalio/workflow';
import type { DecisionLotActivities, LotMode } from './decision-lot.ports.ts';

const { runLotPage, endLot } = proxyActivities<DecisionLotActivities>({
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: '30 seconds',
  retry: { initialInterval: '500 ms', backoffCoefficient: 2, maximumInterval: '30 seconds' },
});

/** Many decisions at once, or their undo, in pages; each soumission is still decided by its own workflow. */
export async function decisionLot(id: string, mode: LotMode): Promise<void> {
  let page = await runLotPage({ id, mode });
  while (page.more) page = await runLotPage({ id, mode });
  await endLot({ id, mode });
}
