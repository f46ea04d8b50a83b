import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createBrouillon, depositBrouillon } from '../db/moderation/index.ts';
import { actorOf, REGION } from '../db/moderation/stage.ts';
import type { FormationDocument } from '../domain/model/documents.ts';
import { setAtPath } from '../domain/model/paths.ts';
import { Dice } from '../ops/demo/generator/random.ts';
import { losingAnswers } from '../ops/test/faulty.ts';
import { openScene, type WorkflowScene } from '../ops/test/workflow-scene.ts';
import { type SoumissionAnswer, UPDATES } from '../workflows/messages.ts';
import type { SoumissionActivities } from '../workflows/ports.ts';
import { stageWorker, updateSoumission } from './stage-worker.ts';
import { updateRefusal } from './update-refusal.ts';

/** `npm run drill -- answers` asks for a thousand. */
const LIVES = Number(process.env.SOFI_LOST_LIVES ?? '12');
const RATE = 0.3;
const AT_ONCE = 8;
const ACTS = [
  'claim',
  'giveBack',
  'approve',
  'approve',
  'refuse',
  'requestChanges',
  'undo',
  'withdraw',
  'revise',
] as const;
const WITHIN_MS = 60 * 60_000;

/** The end of a lease is an instant of the clock: it is no part of what is compared. */
const statutOf = ({ statut, version }: SoumissionAnswer) => ({ statut, version });

describe('lives whose answers are lost', () => {
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

  /** What the OF would write next, frozen for the workflow; undefined when the deposit is one of its own. */
  async function frozen(document: FormationDocument, k: number): Promise<string | undefined> {
    const { of: viewer } = organisme;
    return stage.db.asViewer(viewer, async (sql) => {
      const next = setAtPath(document, '/champs/intitule-formation', `Parcours ${k}`);
      const draft = await createBrouillon(sql, { viewer, document: next, at: Date.now() });
      const row = await sql
        .selectFrom('soumission')
        .select('id')
        .where('fiche_id', '=', document.id)
        .where('statut', 'in', ['deposee', 'controlee', 'enRevue', 'correctionsDemandees'])
        .executeTakeFirst();
      if (row === undefined) return undefined;
      await depositBrouillon(sql, {
        brouillonId: draft.id,
        by: actorOf(viewer),
        at: Date.now() as never,
        dueHour: REGION.dueHour,
      });
      return draft.id;
    });
  }

  /** A seeded life on one queue: what each act answered and where it ended. */
  async function lived(seed: number, taskQueue: string) {
    const dice = new Dice(seed, 'life');
    const document = stage.formation(organisme.id);
    const id = await stage.deposit(organisme.of, document);
    const ask = (update: (typeof UPDATES)[keyof typeof UPDATES], ...args: object[]) =>
      updateSoumission(temporal.client, { id, taskQueue, update, args, updateId: randomUUID() });
    const [by, of] = [actorOf(moderatrice), actorOf(organisme.of)];
    const answers: unknown[] = [];
    const said = async (work: Promise<SoumissionAnswer>) => {
      answers.push(
        await work.then(statutOf, (error: unknown) => updateRefusal(error)?.code ?? Promise.reject(error as Error)),
      );
    };
    await ask(UPDATES.checked);
    for (let k = dice.int(3, 7); k > 0; k -= 1) {
      const act = dice.pick(ACTS);
      const version = (await stage.state(id))?.version ?? 0;
      if (act === 'claim') await said(ask(UPDATES.claim, { by }));
      else if (act === 'giveBack') await said(ask(UPDATES.giveBack, { by }));
      else if (act === 'undo') await said(ask(UPDATES.undo, { by }));
      else if (act === 'withdraw') await said(ask(UPDATES.withdraw, { by: of }));
      else if (act === 'revise') {
        const brouillonId = await frozen(document, k);
        if (brouillonId === undefined) continue;
        await said(ask(UPDATES.revise, { by: of, brouillonId }));
        await ask(UPDATES.checked);
      } else await said(ask(UPDATES.decide, { by, decision: { kind: act, version } }));
    }
    return { answers, ...(await leftBy(id, document.id)) };
  }

  async function leftBy(id: string, fiche: string) {
    const state = await stage.state(id);
    const rows = await stage.db.asWorker(async (sql) => ({
      acts: await sql
        .selectFrom('journal')
        .select(['act', 'to_statut'])
        .where('soumission_id', '=', id)
        .orderBy('n')
        .execute(),
      versions: await sql
        .selectFrom('fiche_version')
        .select(['n', 'retrait'])
        .where('fiche_id', '=', fiche)
        .orderBy('n')
        .execute(),
      decisions: await sql
        .selectFrom('decision')
        .select(['kind', 'version'])
        .where('soumission_id', '=', id)
        .orderBy('id')
        .execute(),
      clocks: await sql
        .selectFrom('promesse')
        .select(['clock', 'cycle', 'kept'])
        .where('soumission_id', '=', id)
        .orderBy('clock')
        .orderBy('cycle')
        .execute(),
    }));
    return { statut: state?.statut, version: state?.version, seq: state?.seq, claim: state?.claim?.token, ...rows };
  }

  /** All lives on one worker, some at once; in the order of their seeds. */
  async function allLived(taskQueue: string, isLost?: () => boolean) {
    const lose = isLost && { change: (real: SoumissionActivities) => losingAnswers(real, isLost) };
    const worker = await stageWorker({ stage, connection: temporal.nativeConnection, taskQueue, ...lose });
    const ends: Awaited<ReturnType<typeof lived>>[] = [];
    await worker.runUntil(async () => {
      let next = 0;
      const hand = async () => {
        for (let seed = next++; seed < LIVES; seed = next++) ends[seed] = await lived(seed, taskQueue);
      };
      await Promise.all(Array.from({ length: AT_ONCE }, hand));
    });
    return ends;
  }

  it(
    'end as those whose answers all came',
    async () => {
      const calm = await allLived(`calm-${randomUUID()}`);
      const dice = new Dice(1, 'lost');
      let [calls, lost] = [0, 0];
      const isLost = () => {
        calls += 1;
        const gone = dice.chance(RATE);
        if (gone) lost += 1;
        return gone;
      };
      const struck = await allLived(`lost-${randomUUID()}`, isLost);
      console.info(`${LIVES} lives, ${calls} calls done, ${lost} answers lost`);
      expect(lost).toBeGreaterThan(LIVES / 2);
      for (const [seed, end] of struck.entries()) expect({ seed, ...end }).toEqual({ seed, ...calm[seed] });
    },
    WITHIN_MS,
  );
});
