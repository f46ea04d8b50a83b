import type { Client } from '@temporalio/client';
import type { Viewer } from '../../db/connect.ts';
import { depositBrouillon, keepWords, saveBrouillon } from '../../db/moderation/index.ts';
import { actorOf, REGION, type Stage } from '../../db/moderation/stage.ts';
import { updateSoumission } from '../../workers/stage-worker.ts';
import { SIGNALS, UPDATES, workflowIdOf } from '../../workflows/messages.ts';

export interface Scene {
  readonly stage: Stage;
  readonly client: Client;
  readonly of: Viewer;
  readonly moderatrice: Viewer;
  /** The soumission that the scenario conducts; its id is also its task queue. */
  readonly id: string;
}

function ask({ client, id }: Scene, update: (typeof UPDATES)[keyof typeof UPDATES], args?: object) {
  return updateSoumission(client, { id, taskQueue: id, update, ...(args === undefined ? {} : { args: [args] }) });
}

function decide(scene: Scene, kind: 'approve' | 'refuse' | 'requestChanges', version: number) {
  return ask(scene, UPDATES.decide, { by: actorOf(scene.moderatrice), decision: { kind, version } });
}

/** What the OF answers to a request for changes: the same document, saved and deposited again. */
async function answerCorrections(scene: Scene): Promise<void> {
  const { stage, of, id } = scene;
  const { brouillonId } = await stage.db.asViewer(of, async (sql) => {
    const { document, save_number } = await sql
      .selectFrom('soumission')
      .select(['document', 'save_number'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    await saveBrouillon(sql, { id, document, saveNumber: save_number, at: stage.now });
    return depositBrouillon(sql, { brouillonId: id, by: actorOf(of), at: stage.at, dueHour: REGION.dueHour });
  });
  await ask(scene, UPDATES.revise, { by: actorOf(of), brouillonId });
  await ask(scene, UPDATES.checked);
}

/** Lives of a soumission whose histories are kept: a later version of the workflow must still replay them. */
export const SCENARIOS: Readonly<Record<string, (scene: Scene) => Promise<void>>> = {
  approved: async (scene) => {
    await ask(scene, UPDATES.checked);
    await ask(scene, UPDATES.claim, { by: actorOf(scene.moderatrice) });
    await decide(scene, 'approve', 1);
  },
  corrected: async (scene) => {
    await ask(scene, UPDATES.checked);
    await decide(scene, 'requestChanges', 1);
    await answerCorrections(scene);
    await decide(scene, 'approve', 2);
  },
  mended: async (scene) => {
    await ask(scene, UPDATES.checked);
    await ask(scene, UPDATES.claim, { by: actorOf(scene.moderatrice) });
    const mends = [{ path: '/champs/intitule-formation', value: 'CAP charpentier', reason: 'intitulé' }];
    const kept = { soumissionId: scene.id, words: { mends } };
    const words = await scene.stage.db.asWorker((sql) => keepWords(sql, kept));
    await ask(scene, UPDATES.mend, { by: actorOf(scene.moderatrice), version: 1, words });
    await ask(scene, UPDATES.checked);
    await decide(scene, 'approve', 2);
  },
  undone: async (scene) => {
    await ask(scene, UPDATES.checked);
    await decide(scene, 'refuse', 1);
    await ask(scene, UPDATES.undo, { by: actorOf(scene.moderatrice) });
    await ask(scene, UPDATES.giveBack, { by: actorOf(scene.moderatrice) });
    await decide(scene, 'approve', 1);
  },
  withdrawn: async (scene) => {
    await ask(scene, UPDATES.checked);
    await ask(scene, UPDATES.giveBack, { by: actorOf(scene.moderatrice) }).catch(() => undefined);
    await ask(scene, UPDATES.withdraw, { by: actorOf(scene.of) });
    await scene.client.workflow.getHandle(workflowIdOf.soumission(scene.id)).result();
  },
  published: async (scene) => {
    await ask(scene, UPDATES.checked);
    await decide(scene, 'approve', 1);
    await scene.stage.db.asWorker((sql) =>
      sql.updateTable('soumission').set({ statut: 'publiee' }).where('id', '=', scene.id).execute(),
    );
    const handle = scene.client.workflow.getHandle(workflowIdOf.soumission(scene.id));
    await handle.signal(SIGNALS.rowMoved);
    await handle.result();
  },
};
