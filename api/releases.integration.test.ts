import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Connection } from '@temporalio/client';
import { acceptSample } from '../db/publication/sample-offre.ts';
import { actionId, aFormation, anAction, anOrganisme, aSession, ficheId, sessionId } from '../domain/model/builders.ts';
import type { ParisDay } from '../domain/model/ids.ts';
import { parisDayOf } from '../domain/model/paris-time.ts';
import { root } from '../ops/services/folders.ts';
import { type ServiceProcess, startNode } from '../ops/services/processes.ts';
import { OPERATOR_SECRET, type Person, startTestApi, type TestApi } from '../ops/test/api-server.ts';
import { testTemporalAddress } from '../ops/test/temporal.ts';

const today = (): ParisDay => parisDayOf(Date.now());

async function acceptSome(api: TestApi, count: number): Promise<void> {
  await api.db.asWorker(async (tx) => {
    await acceptSample(tx, anOrganisme(), { day: today() });
    for (let k = 1; k <= count; k += 1) {
      const session = aSession({ id: sessionId(k), numero: `21_S${k}`, day: today() });
      const actions = [anAction({ id: actionId(k), numero: `21_A${k}`, sessions: [session] })];
      await acceptSample(tx, aFormation({ id: ficheId(100 + k), numero: `21_${k}`, actions }), { day: today() });
    }
  });
}

describe('asking for a release', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.stop());

  it.each(['moderatrice@demo.sofi', 'of1@demo.sofi', 'consommateur@demo.sofi'] as const)(
    'is refused to %s',
    async (email) => {
      const person = await api.login(email);
      expect((await person.call('post', '/releases', { kind: 'normal' })).status).toBe(403);
    },
  );

  it('is answered 503 while nobody could drive it, and opens nothing', async () => {
    const admin = await api.login('admin@demo.sofi');
    const answer = await admin.call('post', '/releases', { kind: 'normal' });
    expect([answer.status, answer.body.code]).toEqual([503, 'temporal-absent']);
    expect((await admin.call('get', '/releases')).headers['content-range']).toBe('releases 0-0/0');
  });

  it.each([{ kind: 'unheard' }, { kind: 'normal', more: 1 }, {}])('refuses the body %j', async (body) => {
    const admin = await api.login('admin@demo.sofi');
    expect((await admin.call('post', '/releases', body)).status).toBe(400);
  });

  it('shows 404 for a release that never was', async () => {
    const moderator = await api.login('moderatrice@demo.sofi');
    expect((await moderator.call('get', '/releases/7')).status).toBe(404);
    expect((await moderator.call('get', '/releases/x')).status).toBe(404);
  });
});

describe('a release of the whole platform', () => {
  const COUNT = 300;
  let api: TestApi;
  let admin: Person;
  let worker: ServiceProcess;
  let folder: string;
  let start: () => Promise<ServiceProcess>;

  beforeAll(async () => {
    const address = testTemporalAddress();
    const namespace = `releases-${randomUUID()}`;
    const connection = await Connection.connect({ address });
    const workflowExecutionRetentionPeriod = { seconds: 86_400 as never };
    await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod });
    await connection.close();
    api = await startTestApi({ address, namespace });
    folder = await mkdtemp(join(tmpdir(), 'sofi-releases-'));
    const own = { DATABASE_URL: api.databaseUrl, TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace };
    const env = { ...process.env, ...own, SOFI_DATA: folder, SOFI_DEMO: '1' };
    start = () => startNode({ name: 'worker', args: ['workers/main.ts'], cwd: root, env });
    worker = await start();
    admin = await api.login('admin@demo.sofi');
    await acceptSome(api, COUNT);
    while ((await fetch(`${api.url}/readyz`)).status !== 200) await sleep(300);
  }, 90_000);
  afterAll(async () => {
    await worker.stop();
    await api.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function untilDone(n: number): Promise<Record<string, unknown>> {
    for (let i = 0; i < 300; i += 1) {
      const { body } = await admin.call('get', `/releases/${n}`);
      if (body.step === 'done') return body;
      await sleep(200);
    }
    throw new Error(`Release ${n} does not end`);
  }

  it('ends whole though its worker is killed on the way, is joined by a second request and then is served', async () => {
    const asked = await admin.call('post', '/releases', { kind: 'normal' });
    expect([asked.status, asked.headers.location]).toEqual([202, `/api/v1/releases/${asked.body.n}`]);
    process.kill(worker.pid, 'SIGKILL');
    const joined = await admin.call('post', '/releases', { kind: 'normal' });
    worker = await start();
    const done = await untilDone(asked.body.n);
    expect(done).toMatchObject({ state: 'published', counts: { formations: COUNT, organismes: 1 }, keptOut: [] });
    expect([joined.status, joined.body.n]).toEqual([202, asked.body.n]);
    while ((await fetch(`${api.url}/flux/manifest.json`)).status !== 200) await sleep(200);
    const served = await fetch(`${api.url}/flux/lheo-2.3.xml`);
    expect((await served.text()).match(/<formation /g)).toHaveLength(COUNT);
  }, 90_000);

  it('is asked for with the operator’s secret by the command line', async () => {
    const answer = await fetch(`${api.url}/api/v1/releases`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${OPERATOR_SECRET}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ kind: 'normal' }),
    });
    expect(answer.status).toBe(202);
    const { n } = (await answer.json()) as { n: number };
    expect(await untilDone(n)).toMatchObject({ difference: { added: 0, changed: 0, deleted: 0 } });
  }, 60_000);
});
