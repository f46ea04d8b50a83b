import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { actorOf } from '../db/moderation/stage.ts';
import { FAULTS, faulty } from '../ops/test/faulty.ts';
import { openScene, type WorkflowScene } from '../ops/test/workflow-scene.ts';
import { UPDATES } from '../workflows/messages.ts';
import type { SoumissionActivities, SoumissionCommand } from '../workflows/ports.ts';
import { stageWorker, updateSoumission } from './stage-worker.ts';

/** Each in turn: reading the row, the checks, what they lead to, the decision. */
const STRUCK = [
  ['readSoumission', undefined],
  ['runChecks', undefined],
  ['applyCommand', 'checked'],
  ['applyCommand', 'decide'],
] as const;
/** The checks may take 30 s before they are given up: that one wait is left to the other faults. */
const CASES = FAULTS.flatMap((fault) =>
  STRUCK.filter(([name]) => fault !== 'timeOut' || name !== 'runChecks').map(([name, kind]) => ({ fault, name, kind })),
);

describe('a soumission whose ports fail', () => {
  let scene: WorkflowScene;
  let temporal: WorkflowScene['temporal'];
  let stage: WorkflowScene['stage'];
  let organisme: WorkflowScene['organisme'];
  let moderatrice: WorkflowScene['moderatrice'];
  beforeAll(async () => {
    scene = await openScene();
    ({ temporal, stage, organisme, moderatrice } = scene);
  });
  afterAll(() => scene.close());

  /** One soumission from deposit to approval; what it left behind. */
  async function lived(change?: (activities: SoumissionActivities) => SoumissionActivities) {
    const id = await stage.deposit(organisme.of, stage.formation(organisme.id));
    const worker = await stageWorker({
      stage,
      connection: temporal.nativeConnection,
      taskQueue: id,
      ...(change === undefined ? {} : { change }),
    });
    await worker.runUntil(async () => {
      const ask = (update: 'checked' | 'decide', args: readonly object[]) =>
        updateSoumission(temporal.client, { id, taskQueue: id, update: UPDATES[update], args });
      await ask('checked', []);
      await ask('decide', [{ by: actorOf(moderatrice), decision: { kind: 'approve', version: 1 } }]);
    });
    const state = await stage.state(id);
    const rows = await stage.db.asWorker(async (sql) => ({
      acts: await sql.selectFrom('journal').select('act').where('soumission_id', '=', id).orderBy('n').execute(),
      versions: await sql.selectFrom('fiche_version').select('n').where('soumission_id', '=', id).execute(),
      decisions: await sql.selectFrom('decision').select('kind').where('soumission_id', '=', id).execute(),
    }));
    return { statut: state?.statut, version: state?.version, seq: state?.seq, ...rows };
  }

  it('ends where it would without them, whatever fails and wherever', async () => {
    const expected = await lived();
    expect(expected).toMatchObject({ statut: 'validee', versions: [{ n: 1 }], decisions: [{ kind: 'approve' }] });
    const ends = await Promise.all(
      CASES.map(({ fault, name, kind }) =>
        lived((activities) =>
          faulty(activities, fault, (called, [command]) => {
            if (called !== name) return false;
            return kind === undefined || (command as SoumissionCommand).kind === kind;
          }),
        ),
      ),
    );
    for (const [index, end] of ends.entries())
      expect({ ...CASES[index], ...end }).toEqual({ ...CASES[index], ...expected });
  }, 120_000);
});
