import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '../db/connect.ts';
import { createBrouillon, depositBrouillon } from '../db/moderation/index.ts';
import { actorOf, REGION } from '../db/moderation/stage.ts';
import { openScene, type WorkflowScene } from '../ops/test/workflow-scene.ts';
import { UPDATES, workflowIdOf } from '../workflows/messages.ts';
import type { SoumissionActivities } from '../workflows/ports.ts';
import { type StageWorkerOptions, stageWorker, updateSoumission } from './stage-worker.ts';

describe('the workflow of a soumission', () => {
  let scene: WorkflowScene;
  let moderateur: Viewer;
  beforeAll(async () => {
    scene = await openScene();
    moderateur = await scene.stage.person('moderateur');
  });
  afterAll(() => scene.close());

  const deposited = () => scene.stage.deposit(scene.organisme.of, scene.stage.formation(scene.organisme.id));
  const worker = (taskQueue: string, more: Partial<StageWorkerOptions> = {}) =>
    stageWorker({ stage: scene.stage, connection: scene.temporal.nativeConnection, taskQueue, ...more });

  /** Asks one soumission's workflow, on a queue of its own. */
  function asker(id: string) {
    const ask = (update: (typeof UPDATES)[keyof typeof UPDATES], args?: object, updateId?: string) =>
      updateSoumission(scene.temporal.client, {
        id,
        taskQueue: id,
        update,
        ...(args === undefined ? {} : { args: [args] }),
        ...(updateId === undefined ? {} : { updateId }),
      });
    const decide = (viewer: Viewer, updateId?: string) =>
      ask(UPDATES.decide, { by: actorOf(viewer), decision: { kind: 'approve', version: 1 } }, updateId);
    return { ask, decide };
  }

  const actsOf = (id: string) =>
    scene.stage.db.asWorker(async (sql) => {
      const rows = await sql.selectFrom('journal').select('act').where('soumission_id', '=', id).orderBy('n').execute();
      return rows.map(({ act }) => act);
    });

  it('leads from deposit through checks, claim and approval to validee', async () => {
    const id = await deposited();
    const { ask, decide } = asker(id);
    await (await worker(id)).runUntil(async () => {
      expect(await ask(UPDATES.checked)).toEqual({ statut: 'controlee', version: 1 });
      const claimed = await ask(UPDATES.claim, { by: actorOf(scene.moderatrice) });
      expect(claimed).toMatchObject({ statut: 'enRevue', claim: { token: 1 } });
      expect(await decide(scene.moderatrice)).toEqual({ statut: 'validee', version: 1 });
    });
    expect(await actsOf(id)).toEqual(['deposer', 'controler', 'claim', 'approve']);
  });

  it('lets one of two deciders win and tells the other by its code', async () => {
    const id = await deposited();
    const { ask, decide } = asker(id);
    await (await worker(id)).runUntil(async () => {
      await ask(UPDATES.checked);
      const answers = await Promise.allSettled([decide(scene.moderatrice), decide(moderateur)]);
      expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const refused = answers.find((answer) => answer.status === 'rejected');
      expect(refused?.reason.cause.type).toBe('deja-decidee');
    });
    expect((await actsOf(id)).filter((act) => act === 'approve')).toHaveLength(1);
  });

  it('refuses a move that the table forbids before anything is written', async () => {
    const id = await deposited();
    const { ask } = asker(id);
    await (await worker(id)).runUntil(async () => {
      await ask(UPDATES.checked);
      const refused = ask(UPDATES.giveBack, { by: actorOf(scene.moderatrice) });
      await expect(refused).rejects.toMatchObject({ cause: { type: 'transition-interdite' } });
    });
    expect(await actsOf(id)).toEqual(['deposer', 'controler']);
  });

  it('keeps the claim and goes back to its reviewer when a revision comes during the review', async () => {
    const document = scene.stage.formation(scene.organisme.id);
    const id = await scene.stage.deposit(scene.organisme.of, document);
    const { ask } = asker(id);
    await (await worker(id)).runUntil(async () => {
      await ask(UPDATES.checked);
      await ask(UPDATES.claim, { by: actorOf(scene.moderatrice) });
      const next = await scene.stage.db.asViewer(scene.organisme.of, async (sql) => {
        const champs = { ...document.champs, 'intitule-formation': 'CAP ébéniste en deux ans' };
        const brouillon = await createBrouillon(sql, {
          viewer: scene.organisme.of,
          document: { ...document, champs },
          at: scene.stage.now,
        });
        return depositBrouillon(sql, {
          brouillonId: brouillon.id,
          by: actorOf(scene.organisme.of),
          at: scene.stage.at,
          dueHour: REGION.dueHour,
        });
      });
      expect(next).toMatchObject({ next: 'revise', soumissionId: id });
      const by = actorOf(scene.organisme.of);
      const answer = await ask(UPDATES.revise, { by, brouillonId: next.brouillonId }, `outbox-${next.outboxId}`);
      expect(answer).toMatchObject({ statut: 'deposee', version: 2 });
      expect(await ask(UPDATES.checked)).toMatchObject({ statut: 'enRevue', version: 2, claim: { token: 1 } });
      const stale = { by: actorOf(scene.moderatrice), decision: { kind: 'approve', version: 1 } };
      await expect(ask(UPDATES.decide, stale)).rejects.toMatchObject({ cause: { type: 'version-perimee' } });
      const current = { by: actorOf(scene.moderatrice), decision: { kind: 'approve', version: 2 } };
      expect(await ask(UPDATES.decide, current)).toEqual({ statut: 'validee', version: 2 });
    });
  });

  it('goes on after its worker was replaced in the middle', async () => {
    const id = await deposited();
    const { ask, decide } = asker(id);
    await (await worker(id)).runUntil(() => ask(UPDATES.checked));
    await (await worker(id)).runUntil(async () => {
      expect(await decide(scene.moderatrice)).toEqual({ statut: 'validee', version: 1 });
    });
  });

  it('has one effect when a write is done and its answer lost', async () => {
    const id = await deposited();
    const { ask, decide } = asker(id);
    let lost = 0;
    const change = ({ applyCommand }: SoumissionActivities): Partial<SoumissionActivities> => ({
      applyCommand: async (command) => {
        const state = await applyCommand(command);
        if (command.kind === 'decide' && lost++ === 0) throw new Error('the answer is lost');
        return state;
      },
    });
    await (await worker(id, { change })).runUntil(async () => {
      await ask(UPDATES.checked);
      expect(await decide(scene.moderatrice)).toEqual({ statut: 'validee', version: 1 });
    });
    expect(lost).toBe(2);
    expect((await actsOf(id)).filter((act) => act === 'approve')).toHaveLength(1);
  });

  it('starts again from its row when the row moved without it', async () => {
    const id = await deposited();
    const { ask, decide } = asker(id);
    await (await worker(id)).runUntil(async () => {
      await ask(UPDATES.checked);
      const { runId: before } = await scene.temporal.client.workflow.getHandle(workflowIdOf.soumission(id)).describe();
      await scene.stage.apply(id, { kind: 'claim', by: actorOf(scene.moderatrice), takeOver: false });
      expect(await decide(scene.moderatrice, 'same-key')).toEqual({ statut: 'validee', version: 1 });
      expect(await decide(scene.moderatrice, 'same-key')).toEqual({ statut: 'validee', version: 1 });
      const { runId: after } = await scene.temporal.client.workflow.getHandle(workflowIdOf.soumission(id)).describe();
      expect(after).not.toBe(before);
    });
    expect((await actsOf(id)).filter((act) => act === 'approve')).toHaveLength(1);
  });

  it('ends at once for a soumission that does not exist', async () => {
    const id = crypto.randomUUID();
    const { ask } = asker(id);
    await (await worker(id)).runUntil(async () => {
      const refused = ask(UPDATES.claim, { by: actorOf(scene.moderatrice) });
      await expect(refused).rejects.toMatchObject({ cause: { type: 'introuvable' } });
      await scene.temporal.client.workflow.getHandle(workflowIdOf.soumission(id)).result();
    });
  });
});
