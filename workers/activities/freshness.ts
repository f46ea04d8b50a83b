import { activityInfo, heartbeat } from '@temporalio/activity';
import type { Database } from '../../db/connect.ts';
import { type PassDone, passPage } from '../../db/fraicheur/pass-page.ts';
import { beginPass, endPass } from '../../db/fraicheur/passes.ts';
import { readFreshnessSettings } from '../../db/fraicheur/settings.ts';
import { businessDay, daysAhead } from '../../db/horloge.ts';
import type { ParisDay } from '../../domain/model/ids.ts';
import { instantOf } from '../../domain/model/paris-time.ts';
import { lastFiring } from '../../domain/model/release-day.ts';
import type { FreshnessActivities, FreshnessReport } from '../../workflows/freshness.ports.ts';
import type { WorkerDeps } from '../deps.ts';
import { atBorder } from './failure.ts';

const PAGE = 2_000;
const DIGEST_HOUR = 8;
const NOTHING: FreshnessReport = { examinees: 0, avancees: 0, courriels: 0 };

interface Progress extends FreshnessReport {
  readonly after: string | null;
}

export interface Pass {
  readonly day: ParisDay;
  readonly now: () => number;
  readonly onPage?: (progress: Progress) => void;
  readonly from?: Progress | undefined;
  readonly limit?: number;
}

/** The pass of one day, page by page, each in a transaction of its own; the stop is looked at before each page. */
export async function runPass(db: Database, { day, now, onPage, from, limit = PAGE }: Pass): Promise<FreshnessReport> {
  let progress: Progress = from ?? { ...NOTHING, after: null };
  for (;;) {
    const { after } = progress;
    const done = await db.asWorker(async (sql): Promise<PassDone | null> => {
      const settings = await readFreshnessSettings(sql);
      if (!settings.actif) return null;
      const at = now();
      const depart = await beginPass(sql, day, at);
      // A clock that is ahead sends at once what it brings about; nobody would wait for its eight o'clock.
      const pasAvant = (await daysAhead(sql)) > 0 ? at : instantOf(day, DIGEST_HOUR);
      return passPage(sql, settings, { day, depart, after, limit, at, pasAvant });
    });
    if (done === null) return progress;
    progress = {
      after: done.after,
      examinees: progress.examinees + done.examinees,
      avancees: progress.avancees + done.avancees,
      courriels: progress.courriels + done.courriels,
    };
    onPage?.(progress);
    if (done.after === null) break;
  }
  await db.asWorker((sql) => endPass(sql, day, now()));
  return progress;
}

/** The daily freshness pass; a repeated one goes on from the page that the last sign of life names. */
export function freshnessActivities(
  { db, log }: Pick<WorkerDeps, 'db' | 'log'>,
  now: () => number = Date.now,
): FreshnessActivities {
  return atBorder<FreshnessActivities>({
    freshnessDay: (at) => db.asWorker((sql) => businessDay(sql, lastFiring(at, now()))),
    async freshnessPass(day) {
      const from = activityInfo().heartbeatDetails as Progress | undefined;
      const { examinees, avancees, courriels } = await runPass(db, {
        day: day as ParisDay,
        now,
        from,
        onPage: (progress) => heartbeat(progress),
      });
      log.info({ day, examinees, avancees, courriels }, 'freshness pass done');
      return { examinees, avancees, courriels };
    },
  });
}
