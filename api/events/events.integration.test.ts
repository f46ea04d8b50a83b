import { get, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql as raw } from 'kysely';
import pg from 'pg';
import type { Viewer } from '../../db/connect.ts';
import { Stage } from '../../db/moderation/stage.ts';
import { createToken } from '../../db/tokens.ts';
import { startTestApi, type TestApi } from '../../ops/test/api-server.ts';

interface Heard {
  readonly id: string;
  readonly event: string;
  readonly data: { readonly id?: string; readonly statut?: string; readonly n?: number };
}

/** One stream, read as it comes. */
interface Ear {
  readonly heard: Heard[];
  readonly status: number;
  readonly until: (found: (event: Heard) => boolean) => Promise<Heard>;
  readonly close: () => void;
}

const PATIENCE_MS = 5_000;

function read(block: string): Heard | undefined {
  const lines = new Map(
    block
      .split('\n')
      .map((line): [string, string] => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  );
  const [id, event, data] = [lines.get('id'), lines.get('event'), lines.get('data')];
  if (id === undefined || event === undefined || data === undefined) return undefined;
  return { id, event, data: JSON.parse(data) as Heard['data'] };
}

describe('server-sent events', () => {
  let api: TestApi;
  let stage: Stage;
  let organisme: { id: string; of: Viewer };
  let neighbour: { id: string; of: Viewer };
  let moderatrice: Viewer;
  const ears: Ear[] = [];
  beforeAll(async () => {
    api = await startTestApi();
    stage = await Stage.open(api.databaseUrl);
    organisme = await stage.organisme();
    neighbour = await stage.organisme();
    moderatrice = await stage.person('moderateur');
  });
  afterAll(async () => {
    for (const ear of ears) ear.close();
    await stage.close();
    await api.stop();
  });

  async function tokenOf({ userId }: Viewer): Promise<string> {
    return (await stage.db.asWorker((sql) => createToken(sql, { userId, label: 'ear', days: 1 }))).token;
  }

  async function listen(viewer: Viewer, lastId?: string): Promise<Ear> {
    const headers = {
      Authorization: `Bearer ${await tokenOf(viewer)}`,
      ...(lastId === undefined ? {} : { 'Last-Event-ID': lastId }),
    };
    const response = await new Promise<IncomingMessage>((done, fail) => {
      get(`${api.url}/api/v1/events`, { headers, agent: false }, done).on('error', fail);
    });
    const heard: Heard[] = [];
    let rest = '';
    response.setEncoding('utf8').on('data', (piece: string) => {
      const blocks = (rest + piece).split('\n\n');
      rest = blocks.pop() ?? '';
      heard.push(...blocks.flatMap((block) => read(block) ?? []));
    });
    response.on('error', () => undefined);
    const ear: Ear = {
      heard,
      status: response.statusCode ?? 0,
      close: () => response.destroy(),
      async until(found) {
        const end = Date.now() + PATIENCE_MS;
        for (;;) {
          const event = heard.find(found);
          if (event !== undefined) return event;
          if (Date.now() > end) throw new Error(`Heard only ${JSON.stringify(heard)}`);
          await sleep(20);
        }
      },
    };
    ears.push(ear);
    // The listening connection opens with the first stream.
    await sleep(300);
    return ear;
  }

  const deposited = (of: { id: string; of: Viewer }) => stage.deposit(of.of, stage.formation(of.id));

  it('tell moderators of every move, an OF of its own only', async () => {
    const [mod, own, other] = await Promise.all([listen(moderatrice), listen(organisme.of), listen(neighbour.of)]);
    const id = await deposited(organisme);
    await stage.check(id);
    for (const ear of [mod, own]) {
      await ear.until(({ data }) => data.id === id && data.statut === 'deposee');
      await ear.until(({ data }) => data.id === id && data.statut === 'controlee');
    }
    const theirs = await deposited(neighbour);
    await other.until(({ data }) => data.id === theirs);
    expect(other.heard.every(({ data }) => data.id === theirs)).toBe(true);
    expect(own.heard.some(({ data }) => data.id === theirs)).toBe(false);
  });

  it('give those who come back what they missed, and say so when it is not known', async () => {
    const ear = await listen(moderatrice);
    const id = await deposited(organisme);
    const seen = await ear.until(({ data }) => data.id === id);
    ear.close();
    const missed = await deposited(organisme);
    const back = await listen(moderatrice, seen.id);
    await back.until(({ data }) => data.id === missed);
    expect(back.heard.some(({ data }) => data.id === id)).toBe(false);
    const lost = await listen(moderatrice, 'another-run-12');
    expect((await lost.until(() => true)).event).toBe('resync');
  });

  it('tell many moves as one', async () => {
    const ear = await listen(moderatrice);
    const ids = await Promise.all(Array.from({ length: 45 }, () => deposited(organisme)));
    await stage.db.asWorker((sql) =>
      raw`update soumission set seq = seq + 1 where id = any (${ids}::uuid[])`.execute(sql),
    );
    const many = await ear.until(({ event }) => event === 'file');
    expect(many.data.n).toBe(45);
  });

  it('do not tell what a draft says while it is typed', async () => {
    const ear = await listen(organisme.of);
    const before = ear.heard.length;
    await stage.db.asWorker(async (sql) => {
      const { id } = await sql.selectFrom('soumission').select('id').limit(1).executeTakeFirstOrThrow();
      await sql.updateTable('soumission').set({ save_number: 7 }).where('id', '=', id).execute();
    });
    await sleep(300);
    expect(ear.heard.length).toBe(before);
  });

  it('come back by themselves when the database cuts the line, and say that something may be missed', async () => {
    const ear = await listen(moderatrice);
    const client = new pg.Client({ connectionString: api.databaseUrl });
    await client.connect();
    await client.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'sofi-events' and datname = current_database()",
    );
    await client.end();
    await ear.until(({ event }) => event === 'resync');
    const id = await deposited(organisme);
    await ear.until(({ data }) => data.id === id);
  });

  it('are for those who log in and may see soumissions, a few streams each', async () => {
    expect((await fetch(`${api.url}/api/v1/events`)).status).toBe(401);
    const consumer = await stage.person('consommateur');
    expect((await listen(consumer)).status).toBe(403);
    const one = await stage.person('moderateur');
    const streams = [];
    for (let i = 0; i < 9; i++) streams.push(await listen(one));
    expect(streams.map(({ status }) => status)).toEqual([...Array.from({ length: 8 }, () => 200), 429]);
  });
});
