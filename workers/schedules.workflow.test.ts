import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ScheduleOverlapPolicy } from '@temporalio/client';
import { type Database, openDatabase } from '../db/connect.ts';
import { createTestDatabase, type TestDatabase } from '../ops/test/database.ts';
import { OwnTemporal } from '../ops/test/own-temporal.ts';
import {
  FRESHNESS_SCHEDULE,
  LOTS,
  PUBLICATION_SCHEDULE,
  REFERENCE_SCHEDULE,
  SEAL_SCHEDULE,
  WORKFLOWS,
} from '../workflows/messages.ts';
import { ensureSchedules, RECONCILIATION_SCHEDULE } from './schedules.ts';

const HOUR_MS = 3_600_000;
const DECLARED = [
  [FRESHNESS_SCHEDULE, WORKFLOWS.freshness, 'BUFFER_ONE', 25 * HOUR_MS, []],
  [PUBLICATION_SCHEDULE, WORKFLOWS.publication, 'BUFFER_ONE', 25 * HOUR_MS, [{ kind: 'scheduled' }]],
  [REFERENCE_SCHEDULE, WORKFLOWS.referenceImport, 'SKIP', 25 * HOUR_MS, []],
  [SEAL_SCHEDULE, WORKFLOWS.journalSeal, 'SKIP', HOUR_MS, []],
  [RECONCILIATION_SCHEDULE, WORKFLOWS.reconciliation, 'SKIP', 60_000, []],
] as const;

describe('a Schedule that an earlier program declared', () => {
  let own: OwnTemporal;
  let test: TestDatabase;
  let db: Database;
  const ensure = () => ensureSchedules({ db, temporal: own.client });
  const described = (scheduleId: string) => own.client.schedule.getHandle(scheduleId).describe();

  beforeAll(async () => {
    test = await createTestDatabase();
    db = await openDatabase({ url: test.url, poolMax: 4 });
    own = await OwnTemporal.start();
    for (const [scheduleId] of DECLARED)
      await own.client.schedule.create({
        scheduleId,
        spec: { calendars: [{ hour: 5, minute: 17 }], timezone: 'Europe/Paris' },
        policies: { overlap: ScheduleOverlapPolicy.ALLOW_ALL, catchupWindow: '24 hours' },
        action: { type: 'startWorkflow', workflowType: 'old', workflowId: scheduleId, taskQueue: 'old', args: [1] },
        state: { paused: true, note: 'until Monday' },
      });
    await ensure();
  });
  afterAll(async () => {
    await own.close();
    await db.close();
    await test.drop();
  });

  it.each(DECLARED)('does what this one says and keeps its times and its pause: %s', async (...declared) => {
    const [scheduleId, workflowType, overlap, catchupWindow, args] = declared;
    const { spec, policies, action, state } = await described(scheduleId);
    expect(spec.calendars).toMatchObject([{ hour: [{ start: 5 }], minute: [{ start: 17 }] }]);
    expect(state).toMatchObject({ paused: true, note: 'until Monday' });
    expect(policies).toMatchObject({ overlap, catchupWindow });
    expect(action).toMatchObject({ workflowType, taskQueue: LOTS, workflowId: scheduleId });
    expect(action.type === 'startWorkflow' ? (action.args ?? []) : undefined).toEqual(args);
  });

  it('is left alone once it does what this one says', async () => {
    const updates = () => Promise.all(DECLARED.map(async ([id]) => (await described(id)).info.lastUpdatedAt));
    const before = await updates();
    await ensure();
    expect(await updates()).toEqual(before);
    expect(before).not.toContain(undefined);
  });
});
