import { ActivityFailure, ApplicationFailure, proxyActivities } from '@temporalio/workflow';
import type { FileImportActivities } from './file-import.ports.ts';

const long = proxyActivities<FileImportActivities>({
  startToCloseTimeout: '6 hours',
  heartbeatTimeout: '1 minute',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute', maximumAttempts: 20 },
});
const quick = proxyActivities<FileImportActivities>({
  startToCloseTimeout: '1 minute',
  retry: { initialInterval: '1 second', maximumInterval: '30 seconds' },
});

/** One received file, from its stored bytes to its report (design §5): pages, resumed after a crash, then the end. */
export async function fileImport(id: string): Promise<void> {
  try {
    await long.runImport(id);
  } catch (error) {
    await quick.endImport({ id, failure: codeOf(error) });
    return;
  }
  await quick.endImport({ id });
}

/** The catalogue's code of a refusal; an import that kept failing otherwise ends as an internal error. */
function codeOf(error: unknown): string {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  return cause instanceof ApplicationFailure && cause.nonRetryable === true ? (cause.type ?? 'interne') : 'interne';
}
