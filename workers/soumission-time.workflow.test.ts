import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { extendClaim } from '../db/moderation/index.ts';
import { actorOf } from '../db/moderation/stage.ts';
import { timeSkippingTemporal } from '../ops/test/temporal.ts';
import { openScene, type WorkflowScene } from '../ops/test/workflow-scene.ts';
import { UPDATES, workflowIdOf } from '../workflows/messages.ts';
import { stageWorker, updateSoumission } from './stage-worker.ts';

const DAY_MS = 24 * 3_600_000;

describe('the deadlines of a soumission', () => {
  let scene: WorkflowScene;
  beforeAll(async () => {
    scene = await openScene(timeSkippingTemporal);
  });
  afterAll(() => scene.close());

  async function inReview(
    id: string,
    work: (ask: (update: 'claim' | 'decide', args: object) => Promise<unknown>) => Promise<void>,
  ) {
    const worker = await stageWorker({
      stage: scene.stage,
      connection: scene.temporal.nativeConnection,
      taskQueue: id,
    });
    await worker.runUntil(async () => {
      await updateSoumission(scene.temporal.client, { id, taskQueue: id, update: UPDATES.checked });
      await work((update, args) =>
        updateSoumission(scene.temporal.client, { id, taskQueue: id, update, args: [args] }),
      );
    });
  }

  const rowOf = (id: string) =>
    scene.stage.db.asWorker((sql) =>
      sql.selectFrom('soumission').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    );
  const stepsOf = (id: string) =>
    scene.stage.db.asWorker((sql) =>
      sql.selectFrom('journal').select(['act', 'at', 'data']).where('soumission_id', '=', id).orderBy('n').execute(),
    );

  it('remind on days 15 and 45 of an unanswered request, and abandon on day 60', async () => {
    const id = await scene.stage.deposit(scene.organisme.of, scene.stage.formation(scene.organisme.id));
    await inReview(id, async (ask) => {
      await ask('decide', { by: actorOf(scene.moderatrice), decision: { kind: 'requestChanges', version: 1 } });
      await scene.temporal.client.workflow.getHandle(workflowIdOf.soumission(id)).result();
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
    const id = await scene.stage.deposit(scene.organisme.of, scene.stage.formation(scene.organisme.id));
    await inReview(id, async (ask) => {
      await ask('claim', { by: actorOf(scene.moderatrice) });
      await scene.temporal.sleep('9 minutes');
      expect((await rowOf(id)).statut).toBe('enRevue');
      await scene.temporal.sleep('2 minutes');
      expect((await rowOf(id)).statut).toBe('controlee');
    });
    expect((await stepsOf(id)).at(-1)?.act).toBe('leaseOver');
  });

  it('leave a review alone that extended its claim meanwhile', async () => {
    const id = await scene.stage.deposit(scene.organisme.of, scene.stage.formation(scene.organisme.id));
    await inReview(id, async (ask) => {
      await ask('claim', { by: actorOf(scene.moderatrice) });
      await scene.temporal.sleep('8 minutes');
      const at = await scene.temporal.currentTimeMs();
      const extended = await scene.stage.db.asWorker((sql) =>
        extendClaim(sql, { soumissionId: id, userId: scene.moderatrice.userId, at }),
      );
      expect(extended).not.toBeNull();
      await scene.temporal.sleep('5 minutes');
      expect((await rowOf(id)).statut).toBe('enRevue');
      await scene.temporal.sleep('6 minutes');
      expect((await rowOf(id)).statut).toBe('controlee');
    });
  });

  it('end the story of a refusal once it cannot be undone any more', async () => {
    const id = await scene.stage.deposit(scene.organisme.of, scene.stage.formation(scene.organisme.id));
    await inReview(id, async (ask) => {
      await ask('decide', { by: actorOf(scene.moderatrice), decision: { kind: 'refuse', version: 1 } });
      const before = await scene.temporal.currentTimeMs();
      await scene.temporal.client.workflow.getHandle(workflowIdOf.soumission(id)).result();
      expect((await scene.temporal.currentTimeMs()) - before).toBeGreaterThanOrEqual(DAY_MS - 60_000);
    });
    expect((await rowOf(id)).statut).toBe('refusee');
  });
});
