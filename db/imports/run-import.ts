import { BREAKER, isTooMuch } from '../../domain/model/breaker.ts';
import { errorCodeOf, SofiError } from '../../domain/model/errors.ts';
import type { InstantMs, UserId } from '../../domain/model/ids.ts';
import type { RegionSettings } from '../../domain/model/region.ts';
import type { Database, Sql } from '../connect.ts';
import { takeFreshnessMarks } from '../fraicheur/received-marks.ts';
import { isPassing } from '../passing.ts';
import { absentFormations, lossOf, withdrawAbsent } from './absent.ts';
import { candidateOf } from './candidate.ts';
import { decideLot } from './decide-lot.ts';
import { FileMemory } from './file-memory.ts';
import { type ImportToRun, importToRun, lockAtCursor } from './import-rows.ts';
import { importPage } from './page.ts';
import { addToReport, PageReport } from './page-report.ts';
import { readAhead, readPages } from './read-pages.ts';
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

/** A page that failed by what it holds, not by an outage: tried again it would fail again. */
export class PageFault extends Error {
  /** Line of the page's first formation. */
  readonly line: number;

  constructor(line: number, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.line = line;
  }
}

/** Ends a page's transaction without its effects. */
class RolledBack extends Error {}

/**
 * Imports a received file from where its last run stopped, one transaction a page. A dry run is the same run rolled
 * back: only its report stays. Throws the refusal of a file that cannot be read, and
 * `PageFault` for a page that its own data make fail.
 */
export async function runImport(db: Database, id: string, options: RunOptions): Promise<void> {
  const row = await db.asWorker((sql) => importToRun(sql, id));
  if (row === undefined) throw new SofiError('introuvable', `Cannot find import "${id}"`);
  if (row.state !== 'running') return;
  const memory = new FileMemory();
  let at = 0;
  for await (const page of readAhead(readPages(storedBytes(db, id), PAGE))) {
    const done = Math.min(page.length, Math.max(0, row.cursor - at));
    for (const file of page.slice(0, done)) memory.skip(candidateOf(file, row.channel));
    at += page.length;
    if (done === page.length) continue;
    const files = page.slice(done);
    await runPage(db, row, { from: at - files.length, to: at }, options, async (sql, run, report) => {
      const deposited = await importPage(sql, run, files, memory, report);
      if (row.trusted) await decideLot(sql, run, deposited, report);
      await takeFreshnessMarks(sql, run, files);
    }).catch((error: unknown) => {
      if (isPassing(error) || errorCodeOf(error) !== undefined) throw error;
      throw new PageFault(files[0]?.line ?? 0, error);
    });
    options.onPage?.(at);
  }
  if (row.complet) await withdrawOthers(db, row, memory, at, options);
}

/** In mode `complet`, what the source sent before and the file does not hold; nothing when too much is missing. */
async function withdrawOthers(
  db: Database,
  row: ImportToRun,
  memory: FileMemory,
  end: number,
  options: RunOptions,
): Promise<void> {
  const span = { from: end, to: end };
  const absent = await absentFormations(db, row, (cle) => memory.holds(cle));
  const loss = await db.asWorker((sql) => lossOf(sql, row.source, absent, options.now()));
  if (isTooMuch(loss.gone, loss.all, BREAKER.overall)) {
    await runPage(db, row, span, options, async (_sql, _run, report) => {
      const line = { line: 0, numero: null, path: '', code: 'retraits-suspendus', values: { ...loss, n: loss.gone } };
      report.remark(line, 'alerte');
    });
    return;
  }
  for (let at = 0; at < absent.length; at += PAGE) {
    await runPage(db, row, span, options, (sql, run, report) =>
      withdrawAbsent(sql, run, absent.slice(at, at + PAGE), report),
    );
    options.onPage?.(end);
  }
}

interface Span {
  readonly from: number;
  readonly to: number;
}

type PageWork = (sql: Sql, run: ImportRun, report: PageReport) => Promise<void>;

async function runPage(
  db: Database,
  row: ImportToRun,
  { from, to }: Span,
  { region, now }: RunOptions,
  work: PageWork,
): Promise<void> {
  const run: ImportRun = { ...row, by: { userId: row.userId as UserId, role: row.role }, at: now(), region };
  const report = new PageReport();
  const page = async (sql: Sql): Promise<void> => {
    if (!(await lockAtCursor(sql, row.id, from))) throw new Error(`Cannot go on with import "${row.id}" from ${from}`);
    await work(sql, run, report);
  };
  if (!row.dryRun) {
    await db.asWorker(async (sql) => {
      await page(sql);
      await addToReport(sql, row.id, report, to);
    });
    return;
  }
  await rolledBack(db, page);
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
