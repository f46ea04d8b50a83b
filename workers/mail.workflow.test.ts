import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { takeMail } from '../db/mail/outbox.ts';
import { type MailScene, openMailScene } from '../ops/test/mail-scene.ts';
import type { MailActivities } from '../workflows/mail.ports.ts';
import { WORKFLOWS } from '../workflows/messages.ts';

const MAILS = 12;

describe('the workflow of the sender of mails', () => {
  let scene: MailScene;
  let stage: MailScene['stage'];
  let sink: MailScene['sink'];
  beforeAll(async () => {
    scene = await openMailScene();
    ({ stage, sink } = scene);
  });
  afterAll(() => scene.close());

  async function run(activities: MailActivities): Promise<void> {
    const worker = await scene.worker(activities);
    const { taskQueue } = worker.options;
    const args: [] = [];
    const { workflow } = scene.temporal.client;
    await worker.runUntil(workflow.execute(WORKFLOWS.mail, { workflowId: taskQueue, taskQueue, args }));
  }

  it('misses no mail of a sender that died, and repeats only what it had in hand', async () => {
    const [inHand = '', ...others] = await scene.leave(MAILS);
    let died = false;
    const dying: MailActivities = {
      async sendMailPage() {
        if (died) return scene.activities().sendMailPage();
        died = true;
        // As a process that is killed after the server took the mail and before it could say so.
        await stage.db.asWorker((sql) => takeMail(sql, inHand, 'the first run'));
        throw new Error('killed');
      },
    };
    await run(dying);
    const rows = await stage.db.asWorker((sql) => sql.selectFrom('courriel').selectAll().execute());
    expect(rows.filter(({ state }) => state === 'envoye')).toHaveLength(MAILS);
    expect(rows.filter(({ reprises }) => reprises > 0).map(({ id }) => id)).toEqual([inHand]);
    expect(others).toHaveLength(MAILS - 1);
    expect(new Set(sink.received.map(({ messageId }) => messageId)).size).toBe(MAILS);
  });

  it('waits while the server is away and goes on by itself once it is back', async () => {
    await scene.leave(2);
    const before = sink.received.length;
    let greetings = 0;
    sink.manners = {
      greet: () => {
        greetings += 1;
        return greetings === 1 ? { reply: '421 not yet' } : 'accept';
      },
    };
    await run(scene.activities());
    expect(greetings).toBeGreaterThan(1);
    expect(sink.received.length - before).toBe(2);
  });
});
