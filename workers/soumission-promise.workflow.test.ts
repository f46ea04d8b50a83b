import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { actorOf } from '../db/moderation/stage.ts';
import { escalationLead } from '../domain/model/escalation.ts';
import { timeSkippingTemporal } from '../ops/test/temporal.ts';
import { openScene, type WorkflowScene } from '../ops/test/workflow-scene.ts';
import { UPDATES, workflowIdOf } from '../workflows/messages.ts';
import { stageWorker, updateSoumission } from './stage-worker.ts';

const DAY_MS = 24 * 3_600_000;
const minute = (at: Date) => at.toISOString().slice(0, 16);

/** Deposits in Paris and when moderators, then administrators, are told of each clock; instants in UTC. */
const ESCALATIONS = [
  {
    name: 'over Easter Monday and the change to summer time',
    deposit: '2027-03-25T09:00Z',
    told: [
      ['traitement', 'moderateurs', '2027-03-30T12:00'],
      ['traitement', 'administrateurs', '2027-03-30T15:00'],
      ['diffusion', 'moderateurs', '2027-03-31T12:00'],
      ['diffusion', 'administrateurs', '2027-03-31T15:00'],
    ],
  },
  {
    name: 'over Ascension and the weekend of 8 May, at 17:59',
    deposit: '2027-05-05T15:59Z',
    told: [
      ['traitement', 'moderateurs', '2027-05-10T12:00'],
      ['traitement', 'administrateurs', '2027-05-10T15:00'],
      ['diffusion', 'moderateurs', '2027-05-11T12:00'],
      ['diffusion', 'administrateurs', '2027-05-11T15:00'],
    ],
  },
  {
    name: 'over the change to winter time and All Saints, Friday 18:00',
    deposit: '2027-10-29T16:00Z',
    told: [
      ['traitement', 'moderateurs', '2027-11-04T13:00'],
      ['traitement', 'administrateurs', '2027-11-04T16:00'],
      ['diffusion', 'moderateurs', '2027-11-05T13:00'],
      ['diffusion', 'administrateurs', '2027-11-05T16:00'],
    ],
  },
] as const;

describe('notices in skipped time', () => {
  let scene: WorkflowScene;
  beforeAll(async () => {
    scene = await openScene(timeSkippingTemporal);
  });
  afterAll(() => scene.close());

  async function goTo(instant: number): Promise<void> {
    await scene.temporal.sleep(Math.max(1, instant - (await scene.temporal.currentTimeMs())));
    scene.stage.now = instant;
  }

  const noticesOf = (id: string) =>
    scene.stage.db.asWorker((sql) =>
      sql.selectFrom('avis').selectAll().where('soumission_id', '=', id).orderBy('at').orderBy('cle').execute(),
    );
  const ask = (id: string, update: (typeof UPDATES)[keyof typeof UPDATES], args?: object) =>
    updateSoumission(scene.temporal.client, {
      id,
      taskQueue: id,
      update,
      ...(args === undefined ? {} : { args: [args] }),
    });

  async function during(instant: string, work: (id: string) => Promise<unknown>): Promise<string> {
    await goTo(Date.parse(instant));
    const id = await scene.stage.deposit(scene.organisme.of, scene.stage.formation(scene.organisme.id));
    const worker = await stageWorker({
      stage: scene.stage,
      connection: scene.temporal.nativeConnection,
      taskQueue: id,
    });
    await worker.runUntil(async () => {
      await ask(id, UPDATES.checked);
      await work(id);
    });
    return id;
  }

  it.each(ESCALATIONS)('escalate $name', async ({ deposit, told }) => {
    const id = await during(deposit, async (one) => {
      await scene.temporal.sleep(10 * DAY_MS);
      await ask(one, UPDATES.withdraw, { by: actorOf(scene.organisme.of) });
    });
    const notices = await noticesOf(id);
    // Each soumission is told of a little before the hour, at an instant of its own.
    const lead = escalationLead(id);
    const onTheHour = (at: Date) => minute(new Date(at.getTime() + lead));
    expect(notices.map(({ data, audience, at }) => [data.clock, audience, onTheHour(at)])).toEqual(told);
  });

  it('remind an OF that owes an answer at the same hour of its days, over both sides of summer time', async () => {
    const request = (id: string) =>
      ask(id, UPDATES.decide, { by: actorOf(scene.moderatrice), decision: { kind: 'requestChanges', version: 1 } });
    const id = await during('2028-03-10T09:00Z', async (one) => {
      await request(one);
      await scene.temporal.client.workflow.getHandle(workflowIdOf.soumission(one)).result();
    });
    const notices = await noticesOf(id);
    expect(notices.map(({ kind, audience, at }) => [kind, audience, minute(at)])).toEqual([
      ['corrections', 'of', '2028-03-10T09:00'],
      ['rappel', 'of', '2028-03-25T09:00'],
      ['rappel', 'of', '2028-04-24T08:00'],
      ['abandon', 'of', '2028-05-09T08:00'],
    ]);
  });
});
