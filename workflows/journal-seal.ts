import { proxyActivities } from '@temporalio/workflow';
import type { JournalSealActivities } from './journal-seal.ports.ts';

const { sealJournalNow } = proxyActivities<JournalSealActivities>({
  startToCloseTimeout: '5 minutes',
  retry: { initialInterval: '5 seconds', maximumInterval: '1 minute', maximumAttempts: 10 },
});

/** Seals the journal once (design §4): a hash over the heads of all chains that moved since the last seal. */
export async function journalSeal(): Promise<{ readonly n: number; readonly chains: number } | null> {
  return sealJournalNow();
}
