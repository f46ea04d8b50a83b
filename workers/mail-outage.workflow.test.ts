import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from '@temporalio/client';
import { pino } from 'pino';
import { type MailScene, openMailScene } from '../ops/test/mail-scene.ts';
import { timeSkippingTemporal } from '../ops/test/temporal.ts';
import { WORKFLOWS } from '../workflows/messages.ts';

const MINUTE_MS = 60_000;
const OUTAGE_MS = 120 * MINUTE_MS;
const AWAY = { reply: '421 4.3.2 back later' };
const PUT_OFF = { reply: '451 4.7.1 later' };

interface Line {
  readonly msg: string;
  readonly sent?: number;
  readonly code?: string;
}

describe('an SMTP server that is down for two hours', () => {
  let scene: MailScene;
  let temporal: MailScene['temporal'];
  let stage: MailScene['stage'];
  let sink: MailScene['sink'];
  /** The server's time, ms: it jumps over the pauses. */
  let clock = 0;
  let began = 0;
  let logged: Line[] = [];

  beforeAll(async () => {
    scene = await openMailScene(timeSkippingTemporal);
    ({ temporal, stage, sink } = scene);
  });
  afterAll(() => scene.close());
  beforeEach(async () => {
    clock = await temporal.currentTimeMs();
    began = clock;
    logged = [];
    sink.received.length = 0;
    await stage.db.asWorker((sql) => sql.deleteFrom('courriel').execute());
  });

  const isDown = () => clock - began < OUTAGE_MS;
  const rows = () => stage.db.asWorker((sql) => sql.selectFrom('courriel').selectAll().orderBy('id').execute());
  const sentMinutes = (sent: readonly { readonly sent_at: Date | null }[]) =>
    sent.map(({ sent_at }) => ((sent_at?.getTime() ?? 0) - began) / MINUTE_MS);

  const leave = (count: number) => scene.leave(count, clock);

  /** The sender's worker while some work lasts; `send` runs the workflow until nothing is due, and answers its pauses in s. */
  async function withSender(
    client: Client,
    work: (send: () => Promise<number[]>) => Promise<void>,
    onTry: () => Promise<void> = async () => undefined,
  ) {
    const log = pino({}, { write: (line) => void logged.push(JSON.parse(line) as Line) });
    const real = scene.activities({ log, now: () => clock });
    const worker = await scene.worker({
      async sendMailPage() {
        clock = await temporal.currentTimeMs();
        await onTry();
        return real.sendMailPage();
      },
    });
    const { taskQueue } = worker.options;
    const send = async () => {
      const workflowId = randomUUID();
      const args: [] = [];
      await client.workflow.execute(WORKFLOWS.mail, { workflowId, taskQueue, args });
      const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
      return (events ?? []).flatMap(({ timerStartedEventAttributes: timer }) =>
        timer?.startToFireTimeout == null ? [] : [Number(timer.startToFireTimeout.seconds)],
      );
    };
    await worker.runUntil(() => work(send));
  }

  it('and turns every talk away gets all mails of the outage afterwards, each once, and the log tells both', async () => {
    sink.manners = { greet: () => (isDown() ? AWAY : 'accept') };
    await leave(3);
    let tries = 0;
    let pauses: number[] = [];
    await withSender(
      temporal.client,
      async (send) => {
        pauses = await send();
      },
      async () => {
        tries += 1;
        if (tries % 10 === 0 && isDown()) await leave(1);
      },
    );
    expect(pauses.slice(0, 7)).toEqual([5, 10, 20, 40, 80, 160, 300]);
    expect(new Set(pauses.slice(6))).toEqual(new Set([300]));
    const sent = await rows();
    expect(sent.length).toBeGreaterThan(3);
    expect(sent.map(({ state, essais }) => [state, essais])).toEqual(sent.map(() => ['envoye', 1]));
    expect(new Set(sink.received.map(({ messageId }) => messageId)).size).toBe(sent.length);
    expect(sink.received).toHaveLength(sent.length);
    expect(Math.min(...sentMinutes(sent))).toBeGreaterThanOrEqual(120);
    const away = logged.filter(({ msg }) => msg === 'mail server away');
    expect(new Set(away.map(({ code }) => code))).toEqual(new Set(['421 4.3.2']));
    expect(logged.filter(({ msg }) => msg === 'mails sent').at(-1)).toMatchObject({ sent: sent.length });
  });

  it('and puts each mail off gets them in the order of their own pauses, each once, none given up', async () => {
    sink.manners = { rcpt: () => (isDown() ? PUT_OFF : 'accept') };
    await leave(1);
    // Time stands still while the sender runs: its pauses are in the rows.
    await withSender(new Client({ connection: temporal.connection }), async (send) => {
      for (let round = 1, due = [clock]; due.length > 0; round++) {
        // The relay starts the sender again once something is due.
        const pause = Math.min(...due) - clock;
        if (pause > 0) await temporal.sleep(pause + 1_000);
        await send();
        if (round === 3) await leave(1);
        const waiting = (await rows()).filter(({ state }) => state === 'attente');
        due = waiting.map(({ pas_avant }) => pas_avant.getTime());
      }
    });
    const sent = await rows();
    expect(sent.map(({ state, essais }) => [state, essais])).toEqual(sent.map(() => ['envoye', 8]));
    const [first = 0, second = 0] = sentMinutes(sent);
    expect(first).toBeGreaterThanOrEqual(120);
    expect(second).toBeGreaterThan(first);
    expect(new Set(sink.received.map(({ messageId }) => messageId)).size).toBe(2);
    expect(sink.received).toHaveLength(2);
    expect(logged.filter(({ msg }) => msg === 'mail refused')).toHaveLength(14);
  });
});
