import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ScheduleOverlapPolicy } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { instantOf, parisDayOf } from '../domain/model/paris-time.ts';
import { lastFiring } from '../domain/model/release-day.ts';
import { until } from '../ops/drill/until.ts';
import { endedRuns, OwnTemporal } from '../ops/test/own-temporal.ts';
import { openPublicationScene, type PublicationScene } from '../ops/test/publication-scene.ts';
import { realTemporal } from '../ops/test/temporal.ts';
import { ensurePublicationSchedule } from '../workers/activities/publication-schedule.ts';
import { LOTS, PUBLICATION_SCHEDULE } from './messages.ts';

const DAY_MS = 86_400_000;

/** 04:00 in Paris of the day that is due now, and its day. */
const fourOClock = () => lastFiring(Date.UTC(2026, 0, 1, 3), Date.now());

describe('the scheduled release, after days on which no worker ran', () => {
  let temporal: TestWorkflowEnvironment;
  let scene: PublicationScene;
  beforeAll(async () => {
    temporal = await realTemporal();
    scene = await openPublicationScene(() => temporal, Date.now);
  });
  afterAll(async () => {
    await scene.close();
    await temporal.teardown();
  });

  it('is caught up once, for the last of them', async () => {
    const due = fourOClock();
    const schedule = await temporal.client.schedule.create({
      scheduleId: `schedule-${scene.queue}`,
      spec: { calendars: [{ hour: 4 }], timezone: 'Europe/Paris' },
      action: {
        type: 'startWorkflow',
        workflowType: 'publication',
        workflowId: `schedule-${scene.queue}`,
        taskQueue: scene.queue,
        args: [{ kind: 'scheduled' }],
      },
    });
    const [start, end] = [new Date(due - 2.5 * DAY_MS), new Date(due + 1)];
    await schedule.backfill({ start, end, overlap: ScheduleOverlapPolicy.BUFFER_ALL });
    await until(
      () => schedule.describe(),
      ({ info }) => info.recentActions.length > 0,
    );
    const worker = await scene.worker();
    await worker.runUntil(async () => {
      expect(await endedRuns(temporal.client, schedule.scheduleId, 3)).toBe(3);
      expect(await scene.scheduledReleases()).toMatchObject([{ day: parisDayOf(due) }]);
    });
    await schedule.delete();
  });
});

describe('the scheduled release, when Temporal itself was away', () => {
  let own: OwnTemporal;
  let scene: PublicationScene;
  const schedule = () => own.client.schedule.getHandle(PUBLICATION_SCHEDULE);
  const ensure = () => ensurePublicationSchedule({ db: scene.db, temporal: own.client });
  /** A worker as long as the work takes. */
  const working = async (work: () => Promise<void>) => (await scene.worker({ taskQueue: LOTS })).runUntil(work);
  /** What was published was of two days ago, and the hour of today passed while nobody knew of it. */
  const loseADay = () =>
    scene.db.asWorker((tx) =>
      tx
        .updateTable('release')
        .set({ day: parisDayOf(Date.now() - 2 * DAY_MS) })
        .execute(),
    );

  beforeEach(async () => {
    own = await OwnTemporal.start();
    scene = await openPublicationScene(() => own, Date.now);
  });
  afterEach(async () => {
    await scene.close();
    await own.close();
  });

  it('is caught up at the next start, once', async () => {
    await ensure();
    const due = new Date(Date.now() + 8_000);
    const [hour, minute, second] = [due.getUTCHours(), due.getUTCMinutes(), due.getUTCSeconds()];
    await schedule().update((known) => ({
      ...known,
      spec: { calendars: [{ hour, minute, second }], timezone: 'UTC' },
    }));
    await until(
      () => schedule().describe(),
      ({ info }) => Math.abs((info.nextActionTimes[0]?.getTime() ?? 0) - due.getTime()) < 1_000,
    );
    await own.kill();
    while (Date.now() < due.getTime() + 1_000) await sleep(100);
    await own.restart();
    await ensure();
    await working(async () => {
      await endedRuns(own.client, PUBLICATION_SCHEDULE, 1);
      expect(await scene.scheduledReleases()).toMatchObject([{ day: parisDayOf(due.getTime()) }]);
    });
    await own.kill();
    await own.restart();
    await ensure();
    await working(async () => {
      await schedule().trigger();
      expect(await endedRuns(own.client, PUBLICATION_SCHEDULE, 2)).toBe(2);
      expect(await scene.scheduledReleases()).toHaveLength(1);
    });
  });

  it('is caught up when its store was lost with the hour, but never before a first one', async () => {
    await ensure();
    await working(async () => {
      await schedule().trigger();
      expect(await endedRuns(own.client, PUBLICATION_SCHEDULE, 1)).toBe(1);
    });
    await loseADay();
    await own.kill();
    await own.loseStore();
    await own.restart();
    await ensure();
    await working(async () => {
      await endedRuns(own.client, PUBLICATION_SCHEDULE, 1);
      const [, caughtUp, ...more] = await scene.scheduledReleases();
      expect([caughtUp?.day, more]).toEqual([parisDayOf(fourOClock()), []]);
    });
  });

  it('is caught up when an earlier program declared it, at the hour that an administrator set', async () => {
    await ensure();
    await working(async () => {
      await schedule().trigger();
      expect(await endedRuns(own.client, PUBLICATION_SCHEDULE, 1)).toBe(1);
    });
    await loseADay();
    const fiveOClock = { calendars: [{ hour: 5 }], timezone: 'Europe/Paris' };
    const policies = { overlap: ScheduleOverlapPolicy.BUFFER_ONE, catchupWindow: '24 hours' } as const;
    await schedule().update((known) => ({ ...known, spec: fiveOClock, policies }));
    await ensure();
    const { policies: left, spec } = await schedule().describe();
    expect([left.catchupWindow, spec.calendars?.[0]?.hour]).toMatchObject([25 * 3_600_000, [{ start: 5 }]]);
    await working(async () => {
      await endedRuns(own.client, PUBLICATION_SCHEDULE, 2);
      const due = lastFiring(instantOf(parisDayOf(Date.now() - DAY_MS), 5), Date.now());
      const [, caughtUp, ...more] = await scene.scheduledReleases();
      expect([caughtUp?.day, more]).toEqual([parisDayOf(due), []]);
    });
  });
});
