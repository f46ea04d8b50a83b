import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { type Logger, pino } from 'pino';
import request from 'supertest';
import { createApp } from '../../api/app.ts';
import type { ApiDeps } from '../../api/deps.ts';
import { type DEMO_PEOPLE, ensureDemoPeople, ensureOperator } from '../../api/login/demo-people.ts';
import { drain, listen, openServer } from '../../api/server.ts';
import { readApiSettings } from '../../api/settings.ts';
import { openTemporal } from '../../api/temporal.ts';
import { type Database, openDatabase } from '../../db/connect.ts';
import { PAYS_DE_LA_LOIRE } from '../../domain/model/region.ts';
import { createTestDatabase } from './database.ts';

export const OPERATOR_SECRET = 'operator-secret-of-the-tests-0123456789';
/** Where nobody listens. */
const NOWHERE = '127.0.0.1:1';

export type DemoEmail = (typeof DEMO_PEOPLE)[number]['email'];
type Method = 'get' | 'post' | 'put' | 'delete';

export interface Person {
  readonly agent: ReturnType<typeof request.agent>;
  readonly csrfToken: string;
  /** A call with the login cookie, the proof of origin and a fresh key; `path` is below `/api/v1`. */
  readonly call: (
    method: Method,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<request.Response>;
}

export interface TestApi {
  readonly url: string;
  readonly databaseUrl: string;
  readonly db: Database;
  readonly deps: ApiDeps;
  /** Logs a demo person in by the real round trip. */
  readonly login: (email: DemoEmail) => Promise<Person>;
  readonly stop: () => Promise<void>;
}

async function logIn(url: string, email: DemoEmail): Promise<Person> {
  const agent = request.agent(url);
  await agent.get(`/login/depart?person=${encodeURIComponent(email)}&retour=/api/v1/me`).redirects(10);
  const me = await agent.get('/api/v1/me');
  if (me.status !== 200) throw new Error(`Cannot log in as ${email}: ${me.status} ${me.text}`);
  const csrfToken: string = me.body.csrfToken;
  const call: Person['call'] = (method, path, body, headers = {}) => {
    const sent = agent[method](`/api/v1${path}`)
      .set('X-CSRF-Token', csrfToken)
      .set('Idempotency-Key', randomUUID())
      .set(headers);
    return Promise.resolve(body === undefined ? sent : sent.send(body as object));
  };
  return { agent, csrfToken, call };
}

export interface TestApiOptions {
  /** Default: silent. */
  readonly log?: Logger;
  /** `host:port` of a worker's own figures. */
  readonly workerMetrics?: string;
  /** In place of the real door to Temporal. */
  readonly temporal?: ApiDeps['temporal'];
  /** The clock of the feeds, where a test publishes on days of its own. */
  readonly now?: () => number;
}

/** The whole API on a free port and a database of its own, in demo mode; without `temporal` nobody answers there. */
export async function startTestApi(
  temporal?: { readonly address: string; readonly namespace: string },
  { log = pino({ level: 'silent' }), workerMetrics, temporal: givenDoor, now = Date.now }: TestApiOptions = {},
): Promise<TestApi> {
  const database = await createTestDatabase();
  const server = openServer();
  const port = await listen(server, 0, '127.0.0.1');
  const url = `http://127.0.0.1:${port}`;
  const given = readApiSettings({
    DATABASE_URL: database.url,
    PUBLIC_URL: url,
    SOFI_DEMO: '1',
    SOFI_OPERATOR_SECRET: OPERATOR_SECRET,
    TEMPORAL_ADDRESS: temporal?.address ?? NOWHERE,
    TEMPORAL_NAMESPACE: temporal?.namespace ?? 'default',
    SOFI_WORKER_METRICS: workerMetrics,
  });
  const settings = { ...given, port };
  const db = await openDatabase({ url: database.url, poolMax: 6 });
  const loginPool = new pg.Pool({ connectionString: database.url, max: 2 });
  // A connection that is ending may still hear that its database is dropped.
  loginPool.on('error', () => undefined);
  await ensureDemoPeople(db);
  await ensureOperator(db);
  const door = openTemporal(settings.temporal);
  const deps: ApiDeps = {
    db,
    temporal: givenDoor ?? door.client,
    settings,
    region: PAYS_DE_LA_LOIRE,
    log,
  };
  const { app, close } = createApp({ ...deps, loginPool, now });
  server.on('request', app);
  return {
    url,
    databaseUrl: database.url,
    db,
    deps,
    login: (email) => logIn(url, email),
    async stop() {
      close();
      server.closeAllConnections();
      await drain(server);
      await Promise.allSettled([door.close(), loginPool.end(), db.close()]);
      await database.drop();
    },
  };
}
