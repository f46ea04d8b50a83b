import { randomUUID } from 'node:crypto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { type Logger, pino } from 'pino';
import { enqueueMails } from '../../db/mail/enqueue.ts';
import { REGION, Stage } from '../../db/moderation/stage.ts';
import { mailActivities } from '../../workers/activities/mail.ts';
import { readWorkerSettings } from '../../workers/settings.ts';
import { testBundle } from '../../workers/stage-worker.ts';
import type { MailActivities } from '../../workflows/mail.ports.ts';
import { createTestDatabase } from './database.ts';
import { type Sink, startSink } from './smtp-sink.ts';
import { realTemporal } from './temporal.ts';

interface Sending {
  /** Default: silent. */
  readonly log?: Logger;
  /** The sender's clock, ms; default the real one. */
  readonly now?: () => number;
}

/** A database, a Temporal and an SMTP server for one test file on the sender of mails. */
export interface MailScene {
  readonly temporal: TestWorkflowEnvironment;
  readonly stage: Stage;
  readonly sink: Sink;
  /** So many mails to as many people, in order, due from `pasAvant` on (ms, default at once); answers their ids. */
  readonly leave: (count: number, pasAvant?: number) => Promise<string[]>;
  /** The real activities, sending to the scene's server. */
  readonly activities: (sending?: Sending) => MailActivities;
  /** A worker on a queue of its own. */
  readonly worker: (activities: MailActivities) => Promise<Worker>;
  readonly close: () => Promise<void>;
}

/** Opens it on real parts, by default on the run's own Temporal; its `close` gives all of it back. */
export async function openMailScene(openTemporal = realTemporal): Promise<MailScene> {
  const database = await createTestDatabase();
  const [stage, temporal, sink] = await Promise.all([Stage.open(database.url), openTemporal(), startSink()]);
  const settings = readWorkerSettings({ DATABASE_URL: database.url, SMTP_URL: sink.url, SOFI_DEMO: '1' });
  return {
    temporal,
    stage,
    sink,
    async leave(count, pasAvant = 0) {
      const ids: string[] = [];
      for (let n = 0; n < count; n++) {
        const { userId } = await stage.person('moderateur');
        const mail = { kind: 'essai', evenement: randomUUID(), to: { userId }, pasAvant } as const;
        const left = await stage.db.asWorker((sql) => enqueueMails(sql, [mail]));
        ids.push(...left.flatMap(({ id }) => (id === null ? [] : [id])));
      }
      return ids;
    },
    activities: ({ log = pino({ level: 'silent' }), now = Date.now } = {}) =>
      mailActivities({ db: stage.db, settings, region: REGION, log, now }),
    worker: async (activities) =>
      Worker.create({
        connection: temporal.nativeConnection,
        taskQueue: `mail-${randomUUID()}`,
        workflowBundle: await testBundle(),
        activities: { ...activities },
      }),
    async close() {
      await sink.stop();
      await stage.close();
      await database.drop();
      await temporal.teardown();
    },
  };
}
