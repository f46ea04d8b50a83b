import { type Database, openDatabase, type Viewer } from '../../db/connect.ts';
import { finishImport } from '../../db/imports/import-rows.ts';
import type { ImportRequest } from '../../db/imports/received-file.ts';
import { type ImportRowShown, type ReportLine, readImport, readLines } from '../../db/imports/report.ts';
import { runImport } from '../../db/imports/run-import.ts';
import { aPerson, storeFile } from '../../db/imports/sample-file.ts';
import type { InstantMs } from '../../domain/model/ids.ts';
import { PAYS_DE_LA_LOIRE, type RegionSettings } from '../../domain/model/region.ts';
import { createTestDatabase } from './database.ts';

/** An import that came to its end: its row and the lines of its report. */
export interface EndedImport extends ImportRowShown {
  readonly lines: readonly ReportLine[];
}

/** A database of one's own, empty but for someone who sends files. */
export interface ImportScene {
  readonly db: Database;
  readonly sender: Viewer;
  /** The instant and the region of its imports, as `runImport` takes them. */
  readonly options: { readonly region: RegionSettings; readonly now: () => InstantMs };
  /** Stores a file, runs its import to the end; `viewer` is the scene's sender unless given. */
  readonly importing: (text: string, asked?: Partial<ImportRequest>, viewer?: Viewer) => Promise<EndedImport>;
  /** Ends an import that was run. */
  readonly ended: (id: string) => Promise<EndedImport>;
  readonly close: () => Promise<void>;
}

/** Opens it on 24 November 2026; its `close` gives the database back. */
export async function openImportScene(role: Viewer['role'] = 'moderateur'): Promise<ImportScene> {
  const { url, drop } = await createTestDatabase();
  const db = await openDatabase({ url, poolMax: 4 });
  const sender = await aPerson(db, role);
  const options = { region: PAYS_DE_LA_LOIRE, now: () => Date.UTC(2026, 10, 24, 9) as InstantMs };
  const ended = (id: string): Promise<EndedImport> =>
    db.asWorker(async (sql) => {
      await finishImport(sql, id);
      const row = await readImport(sql, id);
      if (row === undefined) throw new Error(`Cannot find import "${id}"`);
      return { ...row, lines: await readLines(sql, id) };
    });
  return {
    db,
    sender,
    options,
    ended,
    async importing(text, asked, viewer = sender) {
      const id = await storeFile(db, viewer, text, asked);
      await runImport(db, id, options);
      return ended(id);
    },
    async close() {
      await db.close();
      await drop();
    },
  };
}
