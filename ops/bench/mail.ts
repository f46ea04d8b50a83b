import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, openDatabase } from '../../db/connect.ts';
import { enqueueMails } from '../../db/mail/enqueue.ts';
import { SmtpDoor } from '../../workers/mail/smtp-door.ts';
import { Rig } from '../drill/rig.ts';
import { type Sink, startSink } from '../test/smtp-sink.ts';
import type { Bench, Row } from './bench.ts';

const MAILS = 10_000;
const KILLS = 20;
const SLICE = 1_000;
const LOOK_EVERY_MS = 50;
const HOUR_S = 3_600;
/** Bare deliveries of the same bytes, for comparison. */
const BARE = 1_000;

/** So many mails to as many contacts, due at once. */
async function leaveMails(db: Database, count: number): Promise<void> {
  for (let from = 0; from < count; from += SLICE) {
    const slice = Array.from({ length: Math.min(SLICE, count - from) }, (_, n) => from + n);
    await db.asWorker((sql) =>
      enqueueMails(
        sql,
        slice.map((n) => ({ kind: 'essai', evenement: 'bench', to: { adresse: `p${n}@bench.example` }, pasAvant: 0 })),
      ),
    );
  }
}

/** Kills the worker each time that another share of the mails has come. */
async function strike(rig: Rig, sink: Sink, count: number, kills: number, say: (line: string) => void): Promise<void> {
  for (let n = 1; n <= kills; n++) {
    const share = Math.floor((count * n) / (kills + 1));
    while (sink.received.length < share) await sleep(LOOK_EVERY_MS);
    await rig.kill('worker');
    say(`worker killed ${n} times, ${sink.received.length} mails came`);
    await rig.recover('worker');
  }
}

async function untilSettled(db: Database): Promise<{ readonly sent: number; readonly reprises: number }> {
  for (;;) {
    const rows = await db.asWorker((sql) =>
      sql
        .selectFrom('courriel')
        .select((eb) => ['state' as const, eb.fn.countAll<string>().as('n'), eb.fn.sum<string>('reprises').as('r')])
        .groupBy('state')
        .execute(),
    );
    if (rows.every(({ state }) => state !== 'attente' && state !== 'enCours')) {
      const sent = Number(rows.find(({ state }) => state === 'envoye')?.n ?? 0);
      return { sent, reprises: rows.reduce((sum, { r }) => sum + Number(r), 0) };
    }
    await sleep(LOOK_EVERY_MS * 10);
  }
}

/** Mails a second when nothing is kept of them: one connection, the same bytes. */
async function bareRate(source: string): Promise<number> {
  const sink = await startSink();
  const door = new SmtpDoor(sink.url);
  const bytes = Buffer.from(source);
  const began = performance.now();
  const envelope = { from: 'a@bench.example', to: 'b@bench.example', id: 'bare' };
  for (let n = 0; n < BARE; n++) await door.deliver(envelope, bytes);
  const seconds = (performance.now() - began) / 1_000;
  door.close();
  await sink.stop();
  return BARE / seconds;
}

async function measure(rig: Rig, sink: Sink, count: number, say: (line: string) => void): Promise<readonly Row[]> {
  const kills = Math.max(1, Math.round((KILLS * count) / MAILS));
  const db = await openDatabase({ url: rig.run.databaseUrl, poolMax: 2, name: 'sofi-bench' });
  try {
    await leaveMails(db, count);
    const began = performance.now();
    await strike(rig, sink, count, kills, say);
    const { reprises } = await untilSettled(db);
    const seconds = (performance.now() - began) / 1_000;
    const distinct = new Set(sink.received.map(({ messageId }) => messageId)).size;
    const repeats = sink.received.length - distinct;
    return [
      {
        what: `mails that came of ${count}, the worker killed ${kills} times`,
        measured: distinct,
        unit: 'items',
        reference: count,
        referenceIs: 'mails left',
        atLeast: 1,
        atMost: 1,
      },
      {
        what: 'mails that came twice',
        measured: repeats,
        unit: 'items',
        reference: Math.max(1, reprises),
        referenceIs: 'in hand at a kill, as the outbox counts them',
        atMost: 1,
      },
      { what: 'time for all', measured: seconds, unit: 's', reference: HOUR_S, referenceIs: 'an hour', atMost: 1 },
      {
        what: 'rate, kills and restarts included',
        measured: count / seconds,
        unit: '/s',
        reference: await bareRate(sink.received[0]?.source ?? ''),
        referenceIs: 'the same bytes on one connection, nothing kept',
      },
    ];
  } finally {
    await db.close();
  }
}

export const bench: Bench = {
  name: 'mail',
  comparedTo: 'every mail once, within an hour, whatever dies',
  async run(say, scale) {
    const sink = await startSink();
    const rig = await Rig.open({ env: { SMTP_URL: sink.url } });
    try {
      return await measure(rig, sink, Math.round(MAILS * scale), say);
    } finally {
      await rig.close();
      await sink.stop();
    }
  },
};
