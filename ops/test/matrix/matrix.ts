import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import request from 'supertest';
import { json } from '../../../db/connect.ts';
import { aLheoFile, aReceived } from '../../../domain/lheo/fiche/sample-lheo.ts';
import { SofiError } from '../../../domain/model/errors.ts';
import { type Person, startTestApi, type TestApi } from '../api-server.ts';
import { ASKS, type Ask, addressOf } from './asks.ts';
import { makeWorld, type World } from './world.ts';

const METHODS = ['get', 'post', 'put', 'delete', 'patch'] as const;
type Method = (typeof METHODS)[number];

/** Columns of the table; OF A, whom the objects belong to, comes last so that the others meet them untouched. */
const PEOPLE = ['nobody', 'consommateur', 'ofB', 'moderateur', 'administrateur', 'ofA'] as const;
type Who = (typeof PEOPLE)[number];
/** Who may change what is OF A's finds it untouched; the others change nothing, or the table shows it. */
const MAY_CHANGE: ReadonlySet<Who> = new Set(['ofB', 'moderateur', 'administrateur', 'ofA']);
type Callers = Readonly<Record<Exclude<Who, 'nobody'>, Person>>;

const HEADER = ['method', 'path', ...PEOPLE].join(',');

/** The calls of the OpenAPI document, each path with every method: what is not documented must be 405. */
async function documented(api: TestApi): Promise<{ path: string; methods: ReadonlySet<string> }[]> {
  const { body } = await request(api.url).get('/api/v1/openapi.json');
  return Object.entries(body.paths as Record<string, object>).map(([path, operations]) => ({
    path,
    methods: new Set(Object.keys(operations)),
  }));
}

async function importOf(ofA: Person): Promise<string> {
  const sent = await ofA.agent
    .post('/api/v1/imports')
    .set({ 'X-CSRF-Token': ofA.csrfToken, 'Content-Type': 'application/xml' })
    .send(aLheoFile([aReceived(1)]));
  if (sent.status !== 202) throw new Error(`Cannot import: ${sent.text}`);
  return sent.body.id;
}

/** Reads an answer; of a stream only that it began. */
function readAnswer(response: request.Response, done: (error: Error | null, body: unknown) => void): void {
  const stream = response as unknown as IncomingMessage;
  if (/event-stream/.test(stream.headers['content-type'] ?? '')) {
    done(null, {});
    stream.destroy();
    return;
  }
  let text = '';
  stream.setEncoding('utf8');
  stream.on('data', (piece: string) => {
    text += piece;
  });
  stream.on('end', () => done(null, /json/.test(stream.headers['content-type'] ?? '') ? JSON.parse(text) : {}));
}

/** One answer; a refusal that is no problem with a code and a mend is a defect of its own. */
async function answerTo(
  api: TestApi,
  caller: Person | undefined,
  method: Method,
  address: string,
  { body, headers = {}, query = {} }: Ask,
): Promise<number> {
  const agent = caller?.agent ?? request(api.url);
  const proof = caller === undefined ? {} : { 'X-CSRF-Token': caller.csrfToken };
  const sent = agent[method](`/api/v1${address}`)
    .query(query)
    .buffer(true)
    .parse(readAnswer)
    .set({ ...proof, 'Idempotency-Key': randomUUID(), ...headers });
  const answer = await (method === 'get' ? sent : sent.send(body ?? {}));
  const told = answer.status < 400 || (answer.body.code !== undefined && answer.body.mend !== undefined);
  if (!told || answer.status === 500) throw new Error(`${method} ${address}: ${answer.status} ${answer.text}`);
  return answer.status;
}

/** Asks every call as everybody, and writes the table. Temporal is away: 503 stands for "may, and nobody carries it out". */
export async function readMatrix(): Promise<string> {
  const away = () => Promise.reject(new SofiError('temporal-absent'));
  const api = await startTestApi(undefined, { temporal: away });
  try {
    const callers: Callers = {
      consommateur: await api.login('consommateur@demo.sofi'),
      ofA: await api.login('of1@demo.sofi'),
      ofB: await api.login('of2@demo.sofi'),
      moderateur: await api.login('moderatrice@demo.sofi'),
      administrateur: await api.login('admin@demo.sofi'),
    };
    await api.db.asWorker((sql) =>
      sql
        .insertInto('release')
        .values([
          {
            day: '2026-01-01',
            state: 'published',
            manifest: json({}),
            switched_at: new Date('2026-01-01T04:00:00Z'),
          },
          // A roll-back: publication is on hold.
          {
            day: '2026-01-02',
            state: 'published',
            kind: 'rollback',
            target: 1,
            switched_at: new Date('2026-01-02T04:00:00Z'),
          },
        ])
        .execute(),
    );
    const moderator: string = (await callers.moderateur.call('get', '/me')).body.id;
    const importId = await importOf(callers.ofA);
    const shared: World = await makeWorld(api, callers.ofA, moderator);
    const lines = [HEADER];
    for (const { path, methods } of await documented(api)) {
      for (const method of METHODS) {
        const statuses: number[] = [];
        const changes = method !== 'get' && methods.has(method);
        let made = shared;
        for (const who of PEOPLE) {
          if (changes && MAY_CHANGE.has(who)) made = await makeWorld(api, callers.ofA, moderator);
          const world = { ...made, importId };
          const ask = methods.has(method) ? (ASKS[`${method} ${path}`]?.(world) ?? {}) : {};
          const caller = who === 'nobody' ? undefined : callers[who];
          statuses.push(await answerTo(api, caller, method, addressOf(path, world), ask));
        }
        lines.push([method.toUpperCase(), path, ...statuses].join(','));
      }
    }
    return `${lines.join('\n')}\n`;
  } finally {
    await api.stop();
  }
}
