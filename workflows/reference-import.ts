import { proxyActivities } from '@temporalio/workflow';
import type { ReferenceImportActivities } from './reference-import.ports.ts';

const long = proxyActivities<ReferenceImportActivities>({
  startToCloseTimeout: '2 hours',
  heartbeatTimeout: '1 minute',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute', maximumAttempts: 20 },
});

/** The State's tables as the data folder holds them now, then the CPF marking of what they touch (design §5, §9). */
export async function referenceImport(): Promise<{ readonly tables: readonly string[]; readonly formations: number }> {
  const tables = await long.importReferences();
  return { tables, formations: await long.remarkCpf() };
}
