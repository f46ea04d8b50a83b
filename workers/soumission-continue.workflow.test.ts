import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Viewer } from '../db/connect.ts';
import { actorOf, Stage } from '../db/moderation/stage.ts';
import { createTestDatabase, type TestDatabase } from '../ops/test/database.ts';
import { realTemporal } from '../ops/test/temporal.ts';
import { UPDATES, workflowIdOf } from '../workflows/messages.ts';
import type { SoumissionActivities } from '../workflows/ports.ts';
import { stageWorker, updateSoumission } from './stage-worker.ts';

/** Long enough for another update to come in the middle of a write. */
const SLOW_MS = 600;

describe('a workflow that has to start again', () => {
  let database: TestDatabase;
  let temporal: TestWorkflowEnvironment;
  let stage: Stage;
  let organisme: { id: string; of: Viewer };
  let moderatrice: Viewer;
  let moderateur: Viewer;
  beforeAll(async () => {
    database = await createTestDatabase();
    [stage, temporal] = await Promise.all([Stage.open(database.url), realTemporal()]);
    organisme = await stage.organisme();
    moderatrice = await stage.person('moderateur');
    moderateur = await stage.person('moderateur');
  });
  afterAll(async () => {
    await temporal.teardown();
    await stage.close();
    await database.drop();
  });

  const slow = ({ applyCommand }: SoumissionActivities): Partial<SoumissionActivities> => ({
    applyCommand: async (command) => {
      if (command.kind === 'claim' || command.kind === 'giveBack') await sleep(SLOW_MS);
      return applyCommand(command);
    },
  });

  it('in the middle of updates answers each of them first, does each once, and knows them in its next run', async () => {
    const id = await stage.deposit(organisme.of, stage.formation(organisme.id));
    const handle = temporal.client.workflow.getHandle(workflowIdOf.soumission(id));
    const ask = (update: (typeof UPDATES)[keyof typeof UPDATES], updateId: string, args?: object) =>
      updateSoumission(temporal.client, {
        id,
        taskQueue: id,
        update,
        updateId,
        ...(args === undefined ? {} : { args: [args] }),
      });
    const by = actorOf(moderatrice);
    const claim = () => ask(UPDATES.claim, 'the-claim', { by, takeOver: true });
    const worker = await stageWorker({ stage, connection: temporal.nativeConnection, taskQueue: id, change: slow });
    await worker.runUntil(async () => {
      await ask(UPDATES.checked, 'the-checks');
      const { runId: before } = await handle.describe();
      // Behind the workflow's back: its next write is refused by the fence, and its run has to end.
      await stage.apply(id, { kind: 'claim', by: actorOf(moderateur), takeOver: false });
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
    const acts = await stage.db.asWorker((sql) =>
      sql.selectFrom('journal').select('act').where('soumission_id', '=', id).orderBy('n').execute(),
    );
    expect(acts.map(({ act }) => act)).toEqual(['deposer', 'controler', 'claim', 'takeOver', 'giveBack']);
  });
});
