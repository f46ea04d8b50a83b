import { ActivityFailure, ApplicationFailure, proxyActivities } from '@temporalio/workflow';
import type { FileImportActivities } from './file-import.ports.ts';

/** An outage is waited out; what the file itself is to blame for ends the import (`runImport`). */
const long = proxyActivities<FileImportActivities>({
  startToCloseTimeout: '6 hours',
  heartbeatTimeout: '15 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '30 seconds' },
});
const quick = proxyActivities<FileImportActivities>({
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '30 seconds' },
});

/** One received file, from its stored bytes to its report (design §5): pages, resumed after a crash, then the end. */
export async function fileImport(id: string): Promise<void> {
  try {
    await long.runImport(id);
  } catch (error) {
    await quick.endImport({ id, ...failureOf(error) });
    return;
  }
  await quick.endImport({ id });
}

/** The catalogue's code of a refusal and the line to blame; anything else ends as an internal error. */
function failureOf(error: unknown): { readonly failure: string; readonly line?: number } {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  if (!(cause instanceof ApplicationFailure) || cause.nonRetryable !== true) return { failure: 'interne' };
  const [details] = (cause.details ?? []) as readonly { readonly line?: unknown }[];
  return { failure: cause.type ?? 'interne', ...(typeof details?.line === 'number' ? { line: details.line } : {}) };
}
