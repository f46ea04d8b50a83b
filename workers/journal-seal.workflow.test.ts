import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { pino } from 'pino';
import { verifyJournal } from '../db/journal/verify.ts';
import { Stage } from '../db/moderation/stage.ts';
import { createTestDatabase, type TestDatabase } from '../ops/test/database.ts';
import { realTemporal } from '../ops/test/temporal.ts';
import { SEAL_SCHEDULE, WORKFLOWS } from '../workflows/messages.ts';
import { journalSealActivities } from './activities/journal-seal.ts';
import { ensureSealSchedule } from './activities/journal-seal-schedule.ts';
import { testBundle } from './stage-worker.ts';

describe('the hourly seal of the journal', () => {
  let temporal: TestWorkflowEnvironment;
  let database: TestDatabase;
  let stage: Stage;
  beforeAll(async () => {
    temporal = await realTemporal();
    database = await createTestDatabase();
    stage = await Stage.open(database.url);
  });
  afterAll(async () => {
    await stage.close();
    await database.drop();
    await temporal.teardown();
  });

  it('seals what moved, once, and says when nothing did', async () => {
    await stage.organisme();
    const taskQueue = `seal-${database.url.slice(-16)}`;
    const worker = await Worker.create({
      connection: temporal.nativeConnection,
      taskQueue,
      workflowBundle: await testBundle(),
      activities: journalSealActivities({ db: stage.db, log: pino({ level: 'silent' }) }),
    });
    const seal = () =>
      temporal.client.workflow.execute(WORKFLOWS.journalSeal, { workflowId: taskQueue, taskQueue, args: [] });
    expect(await worker.runUntil(async () => [await seal(), await seal()])).toEqual([{ n: 1, chains: 1 }, null]);
    expect(await verifyJournal(stage.db, () => undefined)).toMatchObject({ seals: 1, faults: [] });
  });

  it('is asked for each hour by a Schedule that is declared once', async () => {
    await ensureSealSchedule(temporal.client);
    await ensureSealSchedule(temporal.client);
    const handle = temporal.client.schedule.getHandle(SEAL_SCHEDULE);
    const { spec, action } = await handle.describe();
    expect(spec.intervals?.[0]?.every).toBe(3_600_000);
    expect(action).toMatchObject({ workflowType: WORKFLOWS.journalSeal });
    await handle.delete();
  });
});
