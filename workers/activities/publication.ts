import { heartbeat } from '@temporalio/activity';
import type { Database } from '../../db/connect.ts';
import { freeze } from '../../db/publication/freeze.ts';
import { isUnchanged, measureFullFile, saveManifest, switchedWithPrevious } from '../../db/publication/manifest.ts';
import { failRelease, markStep, openRelease, type ReleaseStand, readRelease } from '../../db/publication/releases.ts';
import { saveReport } from '../../db/publication/report.ts';
import { switchRelease } from '../../db/publication/switch.ts';
import { WRITER_VERSION } from '../../domain/lheo/fiche/out-bytes.ts';
import { SofiError } from '../../domain/model/errors.ts';
import type { ParisDay } from '../../domain/model/ids.ts';
import { parisDayOf } from '../../domain/model/paris-time.ts';
import type { PublicationActivities } from '../../workflows/publication.ports.ts';
import type { WorkerDeps } from '../deps.ts';
import { atBorder } from './failure.ts';
import { renderPages } from './publication-render.ts';
import { tellSoumissions } from './publication-tell.ts';

const HEARTBEAT_MS = 3_000;

/** The steps of a release; each reads where the release stands first, so that a repeated one changes nothing. */
export function publicationActivities(
  { db, temporal }: Pick<WorkerDeps, 'db' | 'temporal'>,
  now: () => number = Date.now,
): PublicationActivities {
  return atBorder<PublicationActivities>({
    async openScheduledRelease(at) {
      const day = parisDayOf(at);
      return db.asWorker((tx) =>
        openRelease(tx, { kind: 'normal', scheduled: true, day, requestedBy: null, at: now() }),
      );
    },
    freezeRelease: (n) => beating(() => freezeOnce(db, n)),
    async renderRelease(n) {
      const { day, state } = await standOf(db, n);
      if (state !== 'open') return;
      await beating(() => renderPages(db, { n, day: day as ParisDay }, (done, total) => heartbeat({ done, total })));
      await db.asWorker((tx) => markStep(tx, n, 'switch', null));
    },
    async switchRelease(n) {
      const { state } = await db.asWorker((tx) => switchRelease(tx, n, new Date(now())));
      return { state };
    },
    writeManifest: (n) => beating(() => writeManifest(db, n)),
    tellSoumissions: (n) => tellSoumissions(db, temporal, n),
    reportRelease: (n) => db.asWorker((tx) => saveReport(tx, n)),
    failRelease: ({ n, reason }) => db.asWorker((tx) => failRelease(tx, n, reason)),
  });
}

async function standOf(db: Database, n: number): Promise<ReleaseStand> {
  const stand = await db.asWorker((tx) => readRelease(tx, n));
  if (stand === undefined) throw new SofiError('introuvable', `Cannot find release ${n}`);
  return stand;
}

/** The freeze and the mark that it is done are one transaction: a repeated freeze takes up nothing new. */
async function freezeOnce(db: Database, n: number): Promise<number> {
  const { day, step, state } = await standOf(db, n);
  if (step !== 'freeze' || state !== 'open') return 0;
  return db.asWorker(async (tx) => {
    const total = await freeze(tx, n, day, WRITER_VERSION);
    await markStep(tx, n, 'render', { done: 0, total });
    return total;
  });
}

/** An unchanged set keeps its files: only a changed one is read through to be measured. */
async function writeManifest(db: Database, n: number): Promise<void> {
  const { unchanged, previous } = await db.asWorker(async (tx) => ({
    unchanged: await isUnchanged(tx, n),
    previous: (await switchedWithPrevious(tx, n)).previous?.manifest,
  }));
  const { state } = await standOf(db, n);
  const measure = async () => (state === 'empty' ? [] : [await measureFullFile((work) => db.asWorker(work), n)]);
  const files = unchanged && previous !== undefined && previous !== null ? previous.files : await measure();
  await db.asWorker((tx) => saveManifest(tx, n, files));
}

/** Lives while the work does, whatever it does between its own signs of life. */
async function beating<T>(work: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => heartbeat(), HEARTBEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
