import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '../db/connect.ts';
import { actorOf } from '../db/moderation/stage.ts';
import { openScene, type WorkflowScene } from '../ops/test/workflow-scene.ts';
import { UPDATES, workflowIdOf } from '../workflows/messages.ts';
import type { SoumissionActivities } from '../workflows/ports.ts';
import { stageWorker, updateSoumission } from './stage-worker.ts';

/** Long enough for another update to come in the middle of a write. */
const SLOW_MS = 600;

describe('a workflow that has to start again', () => {
  let scene: WorkflowScene;
  let moderateur: Viewer;
  beforeAll(async () => {
    scene = await openScene();
    moderateur = await scene.stage.person('moderateur');
  });
  afterAll(() => scene.close());

  const slow = ({ applyCommand }: SoumissionActivities): Partial<SoumissionActivities> => ({
    applyCommand: async (command) => {
      if (command.kind === 'claim' || command.kind === 'giveBack') await sleep(SLOW_MS);
      return applyCommand(command);
    },
  });

  it('in the middle of updates answers each of them first, does each once, and knows them in its next run', async () => {
    const id = await scene.stage.deposit(scene.organisme.of, scene.stage.formation(scene.organisme.id));
    const handle = scene.temporal.client.workflow.getHandle(workflowIdOf.soumission(id));
    const ask = (update: (typeof UPDATES)[keyof typeof UPDATES], updateId: string, args?: object) =>
      updateSoumission(scene.temporal.client, {
        id,
        taskQueue: id,
        update,
        updateId,
        ...(args === undefined ? {} : { args: [args] }),
      });
    const by = actorOf(scene.moderatrice);
    const claim = () => ask(UPDATES.claim, 'the-claim', { by, takeOver: true });
    const worker = await stageWorker({
      stage: scene.stage,
      connection: scene.temporal.nativeConnection,
      taskQueue: id,
      change: slow,
    });
    await worker.runUntil(async () => {
      await ask(UPDATES.checked, 'the-checks');
      const { runId: before } = await handle.describe();
      // Behind the workflow's back: its next write is refused by the fence, and its run has to end.
      await scene.stage.apply(id, { kind: 'claim', by: actorOf(moderateur), takeOver: false });
      const first = claim();
      await sleep(SLOW_MS / 2);
      const second = ask(UPDATES.giveBack, 'the-way-back', { by });
      expect(await Promise.all([first, second])).toMatchObject([
        { statut: 'enRevue', claim: { token: 2 } },
        { statut: 'controlee' },
      ]);
      for (let tries = 0; (await handle.describe()).runId === before; tries++) {
        if (tries > 50) throw new Error('the run never ended');
        await sleep(100);
      }
      expect(await claim()).toMatchObject({ statut: 'controlee' });
    });
    const acts = await scene.stage.db.asWorker((sql) =>
      sql.selectFrom('journal').select('act').where('soumission_id', '=', id).orderBy('n').execute(),
    );
    expect(acts.map(({ act }) => act)).toEqual(['deposer', 'controler', 'claim', 'takeOver', 'giveBack']);
  });
});
