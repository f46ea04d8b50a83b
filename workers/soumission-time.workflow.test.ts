import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Viewer } from '../db/connect.ts';
import { extendClaim } from '../db/moderation/index.ts';
import { actorOf, Stage } from '../db/moderation/stage.ts';
import { createTestDatabase, type TestDatabase } from '../ops/test/database.ts';
import { timeSkippingTemporal } from '../ops/test/temporal.ts';
import { UPDATES, workflowIdOf } from '../workflows/messages.ts';
import { stageWorker, updateSoumission } from './stage-worker.ts';

const DAY_MS = 24 * 3_600_000;

describe('the deadlines of a soumission', () => {
  let database: TestDatabase;
  let temporal: TestWorkflowEnvironment;
  let stage: Stage;
  let organisme: { id: string; of: Viewer };
  let moderatrice: Viewer;
  beforeAll(async () => {
    database = await createTestDatabase();
    [stage, temporal] = await Promise.all([Stage.open(database.url), timeSkippingTemporal()]);
    organisme = await stage.organisme();
    moderatrice = await stage.person('moderateur');
  });
  afterAll(async () => {
    await temporal.teardown();
    await stage.close();
    await database.drop();
  });

  async function inReview(
    id: string,
    work: (ask: (update: 'claim' | 'decide', args: object) => Promise<unknown>) => Promise<void>,
  ) {
    const worker = await stageWorker({ stage, connection: temporal.nativeConnection, taskQueue: id });
    await worker.runUntil(async () => {
      await updateSoumission(temporal.client, { id, taskQueue: id, update: UPDATES.checked });
      await work((update, args) => updateSoumission(temporal.client, { id, taskQueue: id, update, args: [args] }));
    });
  }

  const rowOf = (id: string) =>
    stage.db.asWorker((sql) => sql.selectFrom('soumission').selectAll().where('id', '=', id).executeTakeFirstOrThrow());
  const stepsOf = (id: string) =>
    stage.db.asWorker((sql) =>
      sql.selectFrom('journal').select(['act', 'at', 'data']).where('soumission_id', '=', id).orderBy('n').execute(),
    );

  it('remind on days 15 and 45 of an unanswered request, and abandon on day 60', async () => {
    const id = await stage.deposit(organisme.of, stage.formation(organisme.id));
    await inReview(id, async (ask) => {
      await ask('decide', { by: actorOf(moderatrice), decision: { kind: 'requestChanges', version: 1 } });
      await temporal.client.workflow.getHandle(workflowIdOf.soumission(id)).result();
    });
    const steps = await stepsOf(id);
    expect(steps.map(({ act }) => act)).toEqual([
      'deposer',
      'controler',
      'claim',
      'requestChanges',
      'remind',
      'remind',
      'abandonner',
    ]);
    const [asked, ...later] = steps.slice(3).map(({ at }) => at.getTime());
    expect(later.map((at) => Math.round((at - (asked ?? 0)) / DAY_MS))).toEqual([15, 45, 60]);
    expect((await rowOf(id)).statut).toBe('abandonnee');
  });

  it('give a soumission back when the lease of 10 minutes is over', async () => {
    const id = await stage.deposit(organisme.of, stage.formation(organisme.id));
    await inReview(id, async (ask) => {
      await ask('claim', { by: actorOf(moderatrice) });
      await temporal.sleep('9 minutes');
      expect((await rowOf(id)).statut).toBe('enRevue');
      await temporal.sleep('2 minutes');
      expect((await rowOf(id)).statut).toBe('controlee');
    });
    expect((await stepsOf(id)).at(-1)?.act).toBe('leaseOver');
  });

  it('leave a review alone that extended its claim meanwhile', async () => {
    const id = await stage.deposit(organisme.of, stage.formation(organisme.id));
    await inReview(id, async (ask) => {
      await ask('claim', { by: actorOf(moderatrice) });
      await temporal.sleep('8 minutes');
      const at = await temporal.currentTimeMs();
      const extended = await stage.db.asWorker((sql) =>
        extendClaim(sql, { soumissionId: id, userId: moderatrice.userId, at }),
      );
      expect(extended).not.toBeNull();
      await temporal.sleep('5 minutes');
      expect((await rowOf(id)).statut).toBe('enRevue');
      await temporal.sleep('6 minutes');
      expect((await rowOf(id)).statut).toBe('controlee');
    });
  });

  it('end the story of a refusal once it cannot be undone any more', async () => {
    const id = await stage.deposit(organisme.of, stage.formation(organisme.id));
    await inReview(id, async (ask) => {
      await ask('decide', { by: actorOf(moderatrice), decision: { kind: 'refuse', version: 1 } });
      const before = await temporal.currentTimeMs();
      await temporal.client.workflow.getHandle(workflowIdOf.soumission(id)).result();
      expect((await temporal.currentTimeMs()) - before).toBeGreaterThanOrEqual(DAY_MS - 60_000);
    });
    expect((await rowOf(id)).statut).toBe('refusee');
  });
});
