import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Client, Connection, ScheduleOverlapPolicy } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { NativeConnection } from '@temporalio/worker';
import { parisDayOf } from '../domain/model/paris-time.ts';
import { lastFiring } from '../domain/model/release-day.ts';
import { until } from '../ops/drill/until.ts';
import { freePort } from '../ops/services/ports.ts';
import { startTemporal, type TemporalServer } from '../ops/services/temporal.ts';
import { findProgram } from '../ops/services/temporal-binaries.ts';
import { DEV_SERVER } from '../ops/services/temporal-wheels.ts';
import { openPublicationScene, type PublicationScene } from '../ops/test/publication-scene.ts';
import { realTemporal } from '../ops/test/temporal.ts';
import { ensurePublicationSchedule } from '../workers/activities/publication-schedule.ts';
import { LOTS, PUBLICATION_SCHEDULE } from './messages.ts';

const DAY_MS = 86_400_000;

/** 04:00 in Paris of the day that is due now, and its day. */
const fourOClock = () => lastFiring(Date.UTC(2026, 0, 1, 3), Date.now());
/** Waits for so many runs of a Schedule and for their ends; answers how many there were. */
async function endedRuns(client: Client, scheduleId: string, runs: number): Promise<number> {
  const { info } = await until(
    () => client.schedule.getHandle(scheduleId).describe(),
    ({ info }) => info.recentActions.length >= runs,
  );
  const ids = info.recentActions.flatMap(({ action }) =>
    action.type === 'startWorkflow' ? [action.workflow.workflowId] : [],
  );
  await Promise.all(ids.map((id) => client.workflow.getHandle(id).result()));
  return ids.length;
}

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
  let folder: string;
  let server: TemporalServer;
  let client: Client;
  let nativeConnection: NativeConnection;
  let scene: PublicationScene;

  async function startServer(): Promise<void> {
    const { path } = await findProgram(DEV_SERVER);
    const port = await freePort();
    server = await startTemporal({ program: path, folder, ports: async () => ({ port }) });
    client = new Client({ connection: await Connection.connect({ address: server.address }) });
    nativeConnection = await NativeConnection.connect({ address: server.address });
  }
  async function killServer(): Promise<void> {
    await client.connection.close();
    await nativeConnection.close();
    server.process.kill();
    await server.process.exited;
  }
  const schedule = () => client.schedule.getHandle(PUBLICATION_SCHEDULE);
  const ensure = () => ensurePublicationSchedule({ db: scene.db, temporal: client });
  /** A worker as long as the work takes. */
  const working = async (work: () => Promise<void>) => (await scene.worker({ taskQueue: LOTS })).runUntil(work);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sofi-away-'));
    await startServer();
    scene = await openPublicationScene(() => ({ client, nativeConnection }), Date.now);
  });
  afterEach(async () => {
    await scene.close();
    await killServer();
    await rm(folder, { recursive: true, force: true });
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
    await killServer();
    while (Date.now() < due.getTime() + 1_000) await sleep(100);
    await startServer();
    await ensure();
    await working(async () => {
      await endedRuns(client, PUBLICATION_SCHEDULE, 1);
      expect(await scene.scheduledReleases()).toMatchObject([{ day: parisDayOf(due.getTime()) }]);
    });
    await killServer();
    await startServer();
    await ensure();
    await working(async () => {
      await schedule().trigger();
      expect(await endedRuns(client, PUBLICATION_SCHEDULE, 2)).toBe(2);
      expect(await scene.scheduledReleases()).toHaveLength(1);
    });
  });

  it('is caught up when its store was lost with the hour, but never before a first one', async () => {
    await ensure();
    await working(async () => {
      await schedule().trigger();
      expect(await endedRuns(client, PUBLICATION_SCHEDULE, 1)).toBe(1);
    });
    // What was published was of two days ago, and the hour of today passed while nobody knew of it.
    await scene.db.asWorker((tx) =>
      tx
        .updateTable('release')
        .set({ day: parisDayOf(Date.now() - 2 * DAY_MS) })
        .execute(),
    );
    await killServer();
    for (const name of await readdir(folder)) {
      if (name.startsWith('temporal.db')) await rm(join(folder, name));
    }
    await startServer();
    await ensure();
    await working(async () => {
      await endedRuns(client, PUBLICATION_SCHEDULE, 1);
      const [, caughtUp, ...more] = await scene.scheduledReleases();
      expect([caughtUp?.day, more]).toEqual([parisDayOf(fourOClock()), []]);
    });
  });
});
