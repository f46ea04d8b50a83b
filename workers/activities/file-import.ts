import { Context, heartbeat } from '@temporalio/activity';
import { finishImport, forgetAbandoned } from '../../db/imports/import-rows.ts';
import { runImport } from '../../db/imports/run-import.ts';
import type { InstantMs } from '../../domain/model/ids.ts';
import type { FileImportActivities } from '../../workflows/file-import.ports.ts';
import type { WorkerDeps } from '../deps.ts';
import { atBorder } from './failure.ts';

const HEARTBEAT_MS = 10_000;

/** The steps of a file's import. */
export function fileImportActivities(
  { db, region }: Pick<WorkerDeps, 'db' | 'region'>,
  now: () => number = Date.now,
): FileImportActivities {
  return atBorder<FileImportActivities>({
    async runImport(id) {
      await db.asWorker((sql) => forgetAbandoned(sql, new Date(now())));
      await beating((tell) => runImport(db, id, { region, now: () => now() as InstantMs, onPage: tell }));
    },
    async endImport({ id, failure }) {
      await db.asWorker((sql) => finishImport(sql, id, failure === undefined ? undefined : { code: failure }));
    },
  });
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
