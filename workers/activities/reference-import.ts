import { join } from 'node:path';
import { heartbeat } from '@temporalio/activity';
import { loadReference } from '../../db/reference-import/load-table.ts';
import { remarkCpf } from '../../db/reference-import/remark-cpf.ts';
import { standingOf } from '../../db/reference-import/standing.ts';
import type { ReferenceImportActivities } from '../../workflows/reference-import.ports.ts';
import type { WorkerDeps } from '../deps.ts';
import { atBorder } from './failure.ts';
import { csvRows, type FoundFile, fileHash, findReferenceFiles, saidComplete } from './reference-files.ts';

const HEARTBEAT_MS = 10_000;

type Parts = Pick<WorkerDeps, 'db' | 'settings' | 'log'>;

/** The steps of the import of reference tables from `$SOFI_DATA/referentiels`. */
export function referenceImportActivities(parts: Parts): ReferenceImportActivities {
  return atBorder<ReferenceImportActivities>({
    importReferences: () =>
      beating(async () => {
        const files = await findReferenceFiles(join(parts.settings.dataFolder, 'referentiels'));
        const moved: string[] = [];
        for (const file of files) if (await importFile(parts, file)) moved.push(file.kind.nom);
        return moved;
      }),
    remarkCpf: () => beating(() => remarkCpf(parts.db, (done) => heartbeat({ done }))),
  });
}

/** Loads one file when its bytes, or what is said of them, changed; true when its table moved. */
async function importFile({ db, settings, log }: Parts, file: FoundFile): Promise<boolean> {
  const [sha256, complete] = await Promise.all([fileHash(file.path), saidComplete(file.path)]);
  const known = await db.asWorker((sql) => standingOf(sql, file.kind.nom));
  const sameWord = complete === undefined || complete === (known?.state === 'complete');
  if (known?.sha256 === sha256 && known.state !== 'quarantine' && sameWord) return false;
  const outcome = await loadReference(db, file.kind, {
    sha256,
    version: `${file.day} (${sha256.slice(0, 8)})`,
    saidComplete: complete,
    minRows: settings.referenceMinRows,
    rows: csvRows(file),
  });
  if (outcome.state === 'quarantine') log.error({ ...outcome }, 'reference file in quarantine');
  else log.info({ ...outcome }, 'reference table loaded');
  return outcome.state !== 'quarantine';
}

async function beating<T>(work: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => heartbeat(), HEARTBEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
