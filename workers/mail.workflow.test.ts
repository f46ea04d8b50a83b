import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { pino } from 'pino';
import { enqueueMails } from '../db/mail/enqueue.ts';
import { takeMail } from '../db/mail/outbox.ts';
import { REGION, Stage } from '../db/moderation/stage.ts';
import { createTestDatabase, type TestDatabase } from '../ops/test/database.ts';
import { type Sink, startSink } from '../ops/test/smtp-sink.ts';
import { realTemporal } from '../ops/test/temporal.ts';
import type { MailActivities } from '../workflows/mail.ports.ts';
import { WORKFLOWS } from '../workflows/messages.ts';
import { mailActivities } from './activities/mail.ts';
import { readWorkerSettings } from './settings.ts';

const MAILS = 12;

describe('the workflow of the sender of mails', () => {
  let temporal: TestWorkflowEnvironment;
  let database: TestDatabase;
  let stage: Stage;
  let sink: Sink;
  beforeAll(async () => {
    temporal = await realTemporal();
    database = await createTestDatabase();
    stage = await Stage.open(database.url);
    sink = await startSink();
  });
  afterAll(async () => {
    await sink.stop();
    await stage.close();
    await database.drop();
    await temporal.teardown();
  });

  const real = (smtpUrl: string): MailActivities => {
    const settings = readWorkerSettings({ DATABASE_URL: database.url, SMTP_URL: smtpUrl, SOFI_DEMO: '1' });
    return mailActivities({ db: stage.db, settings, region: REGION, log: pino({ level: 'silent' }) });
  };

  async function run(activities: MailActivities): Promise<void> {
    const taskQueue = `mail-${randomUUID()}`;
    const worker = await Worker.create({
      connection: temporal.nativeConnection,
      taskQueue,
      workflowsPath: new URL('../workflows/mail.ts', import.meta.url).pathname,
      activities,
    });
    const args: [] = [];
    await worker.runUntil(temporal.client.workflow.execute(WORKFLOWS.mail, { workflowId: taskQueue, taskQueue, args }));
  }

  async function leave(count: number): Promise<string[]> {
    const people = await Promise.all(Array.from({ length: count }, () => stage.person('moderateur')));
    const left = await stage.db.asWorker((sql) =>
      enqueueMails(
        sql,
        people.map(({ userId }) => ({ kind: 'essai', evenement: randomUUID(), to: { userId }, pasAvant: 0 })),
      ),
    );
    return left.flatMap(({ id }) => (id === null ? [] : [id]));
  }

  it('misses no mail of a sender that died, and repeats only what it had in hand', async () => {
    const [inHand = '', ...others] = await leave(MAILS);
    let died = false;
    const dying: MailActivities = {
      async sendMailPage() {
        if (died) return real(sink.url).sendMailPage();
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
    await leave(2);
    const before = sink.received.length;
    let greetings = 0;
    sink.manners = {
      greet: () => {
        greetings += 1;
        return greetings === 1 ? { reply: '421 not yet' } : 'accept';
      },
    };
    await run(real(sink.url));
    expect(greetings).toBeGreaterThan(1);
    expect(sink.received.length - before).toBe(2);
  });
});
