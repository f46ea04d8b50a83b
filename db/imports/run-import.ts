import { SofiError } from '../../domain/model/errors.ts';
import type { InstantMs, UserId } from '../../domain/model/ids.ts';
import type { RegionSettings } from '../../domain/model/region.ts';
import type { Database, Sql } from '../connect.ts';
import { candidateOf } from './candidate.ts';
import { decideLot } from './decide-lot.ts';
import { FileMemory } from './file-memory.ts';
import { type ImportToRun, importToRun, lockAtCursor } from './import-rows.ts';
import { importPage } from './page.ts';
import { addToReport, PageReport } from './page-report.ts';
import { type FileFormation, readPages } from './read-pages.ts';
import type { ImportRun } from './run.ts';
import { storedBytes } from './stored-bytes.ts';

/** Formations of one transaction. */
const PAGE = 50;

export interface RunOptions {
  readonly region: RegionSettings;
  readonly now: () => InstantMs;
  /** Told after each page: formations done with. */
  readonly onPage?: (cursor: number) => void;
}

/** Ends a page's transaction without its effects. */
class RolledBack extends Error {}

/**
 * Imports a received file from where its last run stopped, one transaction a page. A dry run is the same run rolled
 * back: only its report stays. Throws the refusal of a file that cannot be read.
 */
export async function runImport(db: Database, id: string, options: RunOptions): Promise<void> {
  const row = await db.asWorker((sql) => importToRun(sql, id));
  if (row === undefined) throw new SofiError('introuvable', `Cannot find import "${id}"`);
  if (row.state !== 'running') return;
  const memory = new FileMemory();
  let at = 0;
  for await (const page of readPages(storedBytes(db, id), PAGE)) {
    const done = Math.min(page.length, Math.max(0, row.cursor - at));
    for (const file of page.slice(0, done)) memory.skip(candidateOf(file, row.channel));
    at += page.length;
    if (done === page.length) continue;
    await runPage(db, row, page.slice(done), memory, { from: at - page.length + done, to: at }, options);
    options.onPage?.(at);
  }
}

interface Span {
  readonly from: number;
  readonly to: number;
}

async function runPage(
  db: Database,
  row: ImportToRun,
  files: readonly FileFormation[],
  memory: FileMemory,
  { from, to }: Span,
  { region, now }: RunOptions,
): Promise<void> {
  const at = now();
  const run: ImportRun = {
    ...row,
    by: { userId: row.userId as UserId, role: row.role },
    at,
    region,
  };
  const report = new PageReport();
  const work = async (sql: Sql): Promise<void> => {
    if (!(await lockAtCursor(sql, row.id, from))) throw new Error(`Cannot go on with import "${row.id}" from ${from}`);
    const deposited = await importPage(sql, run, files, memory, report);
    if (row.trusted) await decideLot(sql, run, deposited);
  };
  if (!row.dryRun) {
    await db.asWorker(async (sql) => {
      await work(sql);
      await addToReport(sql, row.id, report, to);
    });
    return;
  }
  await rolledBack(db, work);
  await db.asWorker((sql) => addToReport(sql, row.id, report, to));
}

async function rolledBack(db: Database, work: (sql: Sql) => Promise<void>): Promise<void> {
  try {
    await db.asWorker(async (sql) => {
      await work(sql);
      throw new RolledBack();
    });
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
  }
}
