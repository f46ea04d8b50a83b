import type { Database } from '../../db/connect.ts';
import { freeze } from '../../db/publication/freeze.ts';
import { measureFullFile, saveManifest } from '../../db/publication/manifest.ts';
import { markStep, openRelease } from '../../db/publication/releases.ts';
import { saveReport } from '../../db/publication/report.ts';
import { switchRelease } from '../../db/publication/switch.ts';
import { WRITER_VERSION } from '../../domain/lheo/fiche/out-bytes.ts';
import type { ParisDay } from '../../domain/model/ids.ts';
import { instantOf } from '../../domain/model/paris-time.ts';
import { renderPages } from './publication-render.ts';

/** A whole release of one day, step by step, without Temporal; answers its number. For tests. */
export async function releaseOn(db: Database, day: ParisDay): Promise<number> {
  const at = instantOf(day, 12);
  const { n } = await db.asWorker((tx) =>
    openRelease(tx, { kind: 'normal', scheduled: false, day, requestedBy: null, at }),
  );
  await db.asWorker(async (tx) => {
    await freeze(tx, n, day, WRITER_VERSION);
    await markStep(tx, n, 'render', null);
  });
  await renderPages(db, { n, day }, () => {});
  const { state } = await db.asWorker((tx) => switchRelease(tx, n, new Date(at)));
  const files = state === 'empty' ? [] : [await measureFullFile((work) => db.asWorker(work), n)];
  await db.asWorker(async (tx) => {
    await saveManifest(tx, n, files);
    await saveReport(tx, n);
  });
  return n;
}
