import { Context, heartbeat } from '@temporalio/activity';
import { finishImport, forgetAbandoned } from '../../db/imports/import-rows.ts';
import { PageFault, runImport } from '../../db/imports/run-import.ts';
import { SofiError } from '../../domain/model/errors.ts';
import type { InstantMs } from '../../domain/model/ids.ts';
import type { FileImportActivities } from '../../workflows/file-import.ports.ts';
import type { WorkerDeps } from '../deps.ts';
import { atBorder } from './failure.ts';

const HEARTBEAT_MS = 3_000;
const PAGE_TRIES = 3;

/** The steps of a file's import. */
export function fileImportActivities(
  { db, region }: Pick<WorkerDeps, 'db' | 'region'>,
  now: () => number = Date.now,
): FileImportActivities {
  return atBorder<FileImportActivities>({
    async runImport(id) {
      await db.asWorker((sql) => forgetAbandoned(sql, new Date(now())));
      const options = { region, now: () => now() as InstantMs };
      await beating((tell) => runImport(db, id, { ...options, onPage: tell })).catch(endAfterTries);
    },
    async endImport({ id, failure, line }) {
      const told = failure === undefined ? undefined : { code: failure, ...(line === undefined ? {} : { line }) };
      await db.asWorker((sql) => finishImport(sql, id, told));
    },
  });
}

/** A page that fails by its data is tried three times, in case another import was in its way, then ends the import. */
function endAfterTries(error: unknown): never {
  const { attempt } = Context.current().info;
  if (!(error instanceof PageFault) || attempt < PAGE_TRIES) throw error;
  const { line, message } = error;
  throw new SofiError('page-impossible', `Cannot import the page from line ${line}: ${message}`, { line });
}

/** Heartbeats while a page is long, with the cursor; a cancelled or abandoned run stops at its next page. */
async function beating<T>(work: (tell: (cursor: number) => void) => Promise<T>): Promise<T> {
  let cursor = 0;
  const { cancellationSignal } = Context.current();
  const timer = setInterval(() => heartbeat({ cursor }), HEARTBEAT_MS);
  try {
    return await work((at) => {
      cursor = at;
      heartbeat({ cursor });
      cancellationSignal.throwIfAborted();
    });
  } finally {
    clearInterval(timer);
  }
}
