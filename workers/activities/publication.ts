import { activityInfo, heartbeat } from '@temporalio/activity';
import { businessDay } from '../../db/horloge.ts';
import type { Signer } from '../../db/publication/manifest.ts';
import { endUnswitched, hasUrgences, openRelease } from '../../db/publication/releases.ts';
import { saveReport } from '../../db/publication/report.ts';
import { switchRelease } from '../../db/publication/switch.ts';
import type { ParisDay } from '../../domain/model/ids.ts';
import { lastFiring } from '../../domain/model/release-day.ts';
import type { PublicationActivities } from '../../workflows/publication.ports.ts';
import type { WorkerDeps } from '../deps.ts';
import { readSigner } from '../signing-key.ts';
import { atBorder } from './failure.ts';
import { erasePersons } from './publication-erase.ts';
import { renderPages } from './publication-render.ts';
import { freezeOnce, judgeOnce, type PrepareCursor, prepareOnce, standOf, writeManifest } from './publication-steps.ts';
import { tellSoumissions } from './publication-tell.ts';

const HEARTBEAT_MS = 3_000;

/** The steps of a release; each reads where the release stands first, so that a repeated one changes nothing. */
export function publicationActivities(
  { db, temporal, region, settings }: Pick<WorkerDeps, 'db' | 'temporal' | 'region' | 'settings'>,
  now: () => number = Date.now,
): PublicationActivities {
  let signer: Promise<Signer> | undefined;
  const signed = () => {
    signer ??= readSigner(settings.dataFolder, settings.signingKey);
    signer.catch(() => {
      signer = undefined;
    });
    return signer;
  };
  return atBorder<PublicationActivities>({
    async openScheduledRelease(at) {
      return db.asWorker(async (tx) => {
        const day = await businessDay(tx, lastFiring(at, now()));
        return openRelease(tx, { kind: 'normal', scheduled: true, day, requestedBy: null, at: now() });
      });
    },
    erasePersons: () => beating(() => erasePersons(db, now())),
    async openEmergencyRelease() {
      const at = now();
      return db.asWorker(async (tx) =>
        (await hasUrgences(tx))
          ? openRelease(tx, {
              kind: 'emergency',
              scheduled: false,
              day: await businessDay(tx, at),
              requestedBy: null,
              at,
            })
          : { outcome: 'none' as const },
      );
    },
    prepareRelease: (n) => beating<void, PrepareCursor>((tell, from) => prepareOnce(db, n, tell, from)),
    freezeRelease: (n) => beating(() => freezeOnce(db, n)),
    async renderRelease(n) {
      const { day, state } = await standOf(db, n);
      if (state !== 'open') return { outcome: 'done' };
      const release = { n, day: day as ParisDay, region };
      return beating((tell) => renderPages(db, release, (done, total) => tell({ done, total })));
    },
    judgeRelease: (n) => beating(() => judgeOnce(db, n)),
    async isPaused(n) {
      const { state, paused } = await standOf(db, n);
      return state === 'open' && paused !== null;
    },
    async switchRelease(n) {
      const { state } = await beating(() => db.asWorkerAtLength((tx) => switchRelease(tx, n, new Date(now()))));
      return { state };
    },
    writeManifest: (n) => beating(async () => writeManifest(db, n, await signed())),
    tellSoumissions: (n) => tellSoumissions(db, temporal, n),
    reportRelease: (n) => beating(() => db.asWorkerAtLength((tx) => saveReport(tx, n))),
    failRelease: ({ n, reason }) =>
      beating(() => db.asWorker((tx) => endUnswitched(tx, n, 'failed', { reason: reason.slice(0, 500) }))),
  });
}

/**
 * Lives while the work does, whatever it does between its own signs of life; each of them holds the last cursor that was
 * told, from which the next attempt goes on.
 */
async function beating<T, Cursor = object>(
  work: (tell: (cursor: Cursor) => void, from: Cursor | undefined) => Promise<T>,
): Promise<T> {
  let last = activityInfo().heartbeatDetails as Cursor | undefined;
  const timer = setInterval(() => heartbeat(last), HEARTBEAT_MS);
  const tell = (cursor: Cursor) => {
    last = cursor;
    heartbeat(cursor);
  };
  try {
    return await work(tell, last);
  } finally {
    clearInterval(timer);
  }
}
