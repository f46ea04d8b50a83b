import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Worker } from '@temporalio/worker';
import { pino } from 'pino';
import { type Database, openDatabase } from '../db/connect.ts';
import { writeFreshnessSettings } from '../db/fraicheur/settings.ts';
import { addDays } from '../domain/model/calendar.ts';
import { DEFAULT_FRESHNESS } from '../domain/model/fraicheur/settings.ts';
import type { ParisDay } from '../domain/model/ids.ts';
import { instantOf, parisDayOf } from '../domain/model/paris-time.ts';
import { lastFiring } from '../domain/model/release-day.ts';
import { createTestDatabase, type TestDatabase } from '../ops/test/database.ts';
import { endedRuns, OwnTemporal } from '../ops/test/own-temporal.ts';
import { freshnessActivities } from '../workers/activities/freshness.ts';
import { ensureFreshnessSchedule } from '../workers/activities/freshness-schedule.ts';
import { cachedBundle } from '../workers/workflow-bundle.ts';
import { FRESHNESS_SCHEDULE, LOTS } from './messages.ts';

/** The day whose 01:30 in Paris passed last. */
function dayDue(): ParisDay {
  const now = Date.now();
  return parisDayOf(lastFiring(instantOf(addDays(parisDayOf(now), -1), 1, 30), now));
}

describe('the freshness pass, when Temporal’s store was lost', () => {
  let own: OwnTemporal;
  let test: TestDatabase;
  let db: Database;

  beforeEach(async () => {
    test = await createTestDatabase();
    db = await openDatabase({ url: test.url, poolMax: 4 });
    const settings = { ...DEFAULT_FRESHNESS, actif: true };
    await db.asWorker((sql) => writeFreshnessSettings(sql, { settings, userId: null, at: Date.now() }));
    own = await OwnTemporal.start();
  });
  afterEach(async () => {
    await own.close();
    await db.close();
    await test.drop();
  });

  const ensure = () => ensureFreshnessSchedule({ db, temporal: own.client });
  const passes = async () => {
    const rows = await db.asWorker((sql) =>
      sql.selectFrom('fraicheur_passe').select(['jour', 'finie_le']).orderBy('jour').execute(),
    );
    return rows.map(({ jour, finie_le }) => [jour, finie_le !== null]);
  };
  const passedOn = (jour: ParisDay, finie: boolean) =>
    db.asWorker((sql) =>
      sql
        .insertInto('fraicheur_passe')
        .values({ jour, at: new Date(), finie_le: finie ? new Date() : null })
        .execute(),
    );
  async function working(work: () => Promise<void>): Promise<void> {
    const worker = await Worker.create({
      connection: own.nativeConnection,
      taskQueue: LOTS,
      workflowBundle: await cachedBundle(join(tmpdir(), 'sofi-test-bundles')),
      activities: freshnessActivities({ db, log: pino({ level: 'silent' }) }),
    });
    await worker.runUntil(work);
  }
  /** A run asked for by hand, after those that the Schedule makes up for; answers how many there were in all. */
  const runsAndOne = async (runs: number) => {
    await own.client.schedule.getHandle(FRESHNESS_SCHEDULE).trigger();
    return endedRuns(own.client, FRESHNESS_SCHEDULE, runs + 1);
  };

  it('is made once for the last day that was due, whether it was missed or left in the middle', async () => {
    await passedOn(addDays(dayDue(), -3), true);
    await passedOn(dayDue(), false);
    await ensure();
    await working(async () => {
      await endedRuns(own.client, FRESHNESS_SCHEDULE, 1);
      expect(await passes()).toEqual([
        [addDays(dayDue(), -3), true],
        [dayDue(), true],
      ]);
    });
    await own.kill();
    await own.loseStore();
    await own.restart();
    await ensure();
    await working(async () => expect(await runsAndOne(0)).toBe(1));
  });

  it('is not made up for before a first one', async () => {
    await ensure();
    await working(async () => expect(await runsAndOne(0)).toBe(1));
  });

  it('is made for the last day that was due when no worker was there for days', async () => {
    await ensure();
    const due = lastFiring(instantOf(addDays(parisDayOf(Date.now()), -1), 1, 30), Date.now());
    const handle = own.client.schedule.getHandle(FRESHNESS_SCHEDULE);
    await handle.backfill({ start: new Date(due - 2.5 * 86_400_000), end: new Date(due + 1) });
    await working(async () => {
      await endedRuns(own.client, FRESHNESS_SCHEDULE, 1);
      expect(await passes()).toEqual([[dayDue(), true]]);
    });
  });
});
