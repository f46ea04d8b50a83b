import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { DEMO_PEOPLE } from '../../../api/login/demo-people.ts';
import { aLheoFile, aReceived } from '../../../domain/lheo/fiche/sample-lheo.ts';
import { aFormation, anOrganisme } from '../../../domain/model/builders.ts';
import { OPERATOR_SECRET, type Person } from '../api-server.ts';
import { startWholeApi, type WholeApi } from '../whole-api.ts';

const CONTACT = { nom: 'Zébulon-Quatrevingt', courriel: 'zebulon.quatrevingt@exemple.fr' };

let api: WholeApi;
let of1: Person;
let moderator: Person;
let admin: Person;
/** What must be in no log line: names, mails and tokens of everybody who took part. */
const secrets: string[] = [OPERATOR_SECRET, CONTACT.nom, CONTACT.courriel];
/** The request ids that were sent with what people did. */
const asked = {
  deposit: 'run-deposit-1',
  decision: 'run-decision-1',
  import: 'run-import-1',
  release: 'run-release-1',
};

async function until<T>(read: () => Promise<T>, done: (value: T) => boolean): Promise<T> {
  for (let i = 0; i < 200; i++) {
    const value = await read();
    if (done(value)) return value;
    await sleep(150);
  }
  throw new Error('Cannot wait any longer');
}

const metrics = async () => (await request(api.url).get('/metrics')).text;

/** The value of one series; undefined when it is not told. */
async function series(name: string): Promise<number | undefined> {
  const line = (await metrics()).split('\n').find((one) => one.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.slice(name.length + 1));
}

beforeAll(async () => {
  api = await startWholeApi();
  for (const { email, nom } of DEMO_PEOPLE) secrets.push(email, nom);
  [of1, moderator, admin] = (await Promise.all(
    (['of1@demo.sofi', 'moderatrice@demo.sofi', 'admin@demo.sofi'] as const).map(api.login),
  )) as [Person, Person, Person];
  secrets.push(of1.csrfToken, moderator.csrfToken);

  const token = await of1.call('post', '/tokens', { label: 'Jeton de Camille' });
  secrets.push(token.body.token);
  await request(api.url).get('/api/v1/me').set('Authorization', `Bearer ${token.body.token}`);
  await request(api.url).get('/api/v1/me').set('Authorization', `Bearer not-${token.body.token}`);

  const draft = await of1.call('post', '/brouillons', { document: { ...anOrganisme(), contact: CONTACT } });
  expect([draft.status, draft.body.code]).toEqual([400, 'champ-inconnu']);
  const { id } = (await of1.call('post', '/brouillons', { document: anOrganisme() })).body;
  const deposit = await of1.call('post', `/brouillons/${id}/depot`, undefined, { 'X-Request-Id': asked.deposit });
  expect([deposit.status, deposit.body.statut]).toEqual([201, 'controlee']);
  const decision = { kind: 'approve', version: 1 };
  const first = await moderator.call('post', `/soumissions/${id}/decisions`, decision, {
    'X-Request-Id': asked.decision,
  });
  expect(first.body.statut).toBe('validee');
  const twice = await moderator.call('post', `/soumissions/${id}/decisions`, decision);
  expect(twice.status).toBe(409);
  await admin.call('post', '/people', { email: CONTACT.courriel, nom: CONTACT.nom, role: 'of' });
  await admin.call('post', '/people', { email: CONTACT.courriel, nom: CONTACT.nom, role: 'of' });
  await of1.call('get', `/soumissions?filter=${encodeURIComponent(JSON.stringify({ q: CONTACT.nom }))}`);
  await of1.call('post', '/brouillons', { document: { ...aFormation(), organisme: CONTACT.nom } });

  const file = aLheoFile([aReceived(1), aReceived(2)]);
  const sent = await moderator.agent
    .post('/api/v1/imports')
    .set({ 'X-CSRF-Token': moderator.csrfToken, 'X-Request-Id': asked.import, 'Content-Type': 'application/xml' })
    .set('Content-Disposition', `attachment; filename="${CONTACT.nom}.xml"`)
    .send(file);
  expect(sent.status).toBe(202);
  await until(
    () => moderator.call('get', `/imports/${sent.body.id}`),
    ({ body }) => body.state === 'done' && body.created === 2,
  );
  await until(
    () => moderator.call('get', `/soumissions?filter=${encodeURIComponent('{"statut":"controlee"}')}`),
    ({ body }) => body.length > 0,
  );
  const release = await admin.call('post', '/releases', { kind: 'normal' }, { 'X-Request-Id': asked.release });
  await until(
    () => admin.call('get', `/releases/${release.body.n}`),
    ({ body }) => body.step === 'done',
  );
}, 120_000);
afterAll(() => api.stop(), 30_000);

describe('the logs of a whole run', () => {
  it('hold no name, mail or token of anybody', async () => {
    const lines = await api.logLines();
    expect(lines.length).toBeGreaterThan(30);
    const told = secrets.filter((secret) => lines.some((line) => line.includes(secret)));
    expect(told).toEqual([]);
    expect(lines.filter((line) => /[\w.-]+@[\w-]+\.\w+|Bearer |sofi\.login=/.test(line))).toEqual([]);
  });

  it('are JSON, line by line, but for the word that says a worker is ready', async () => {
    const broken = (await api.logLines()).filter((line) => {
      try {
        return typeof JSON.parse(line) !== 'object';
      } catch {
        return true;
      }
    });
    expect(broken).toEqual(['worker ready: interactif, lots']);
  });

  it.each([
    ['deposit', ['readSoumission', 'runChecks', 'applyCommand']],
    ['decision', ['applyCommand']],
    ['import', ['runImport', 'endImport']],
    ['release', ['freezeRelease', 'renderRelease', 'switchRelease']],
  ] as const)('follow a %s from the API into its activities by the id of the request', async (act, activities) => {
    const lines = (await api.logLines()).flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []));
    const own = lines.filter((line) => line.requestId === asked[act]);
    expect(own.some((line) => line.name === 'api' && line.msg === 'request completed')).toBe(true);
    expect(own.filter((line) => line.name === 'worker').map((line) => line.activity)).toEqual(
      expect.arrayContaining([...activities]),
    );
  });
});

describe('the figures of a whole run', () => {
  it('count answers by documented route, never by address', async () => {
    const text = await metrics();
    expect(text).toContain(
      'sofi_http_request_seconds_count{method="POST",route="/api/v1/soumissions/{id}/decisions",status="409"} 1',
    );
    expect(text.match(/^sofi_http_request_seconds_count.*[0-9a-f]{8}-[0-9a-f]{4}.*$/m)).toBeNull();
  });

  it('tell the queue, the promise, the release and the pools', async () => {
    expect(await series('sofi_database_up')).toBe(1);
    expect(await series('sofi_soumissions{statut="publiee"}')).toBe(1);
    expect(await series('sofi_soumission_oldest_seconds{statut="controlee"}')).toBeGreaterThan(0);
    expect(await series('sofi_promises{clock="traitement",outcome="kept",decided="people"}')).toBe(1);
    expect(await series('sofi_outbox_waiting')).toBe(0);
    expect(await series('sofi_outbox_oldest_seconds')).toBeUndefined();
    expect(await series('sofi_release_number')).toBeGreaterThan(0);
    expect(await series('sofi_release_switch_age_seconds')).toBeLessThan(120);
    expect(await series('sofi_release_duration_seconds')).toBeGreaterThan(0);
    expect(await series('sofi_release_kept_out')).toBe(0);
    expect(await series('sofi_pg_pool_connections{pool="api",state="open"}')).toBeGreaterThan(0);
  });

  it('repeat what the worker itself tells', async () => {
    expect(await series('sofi_worker_metrics_up')).toBe(1);
    expect(await metrics()).toMatch(/^temporal_workflow_completed_total\{.*workflow_type="publication".*\} 1$/m);
    const own = await (await fetch(`http://${api.workerMetrics}/metrics`)).text();
    expect(own).toMatch(/^temporal_workflow_task_execution_latency_seconds_bucket/m);
  });

  it('stay with this machine and with who shows the operator’s secret', async () => {
    const outside = { 'X-Forwarded-For': '203.0.113.7' };
    expect((await request(api.url).get('/metrics').set(outside)).status).toBe(401);
    const shown = { ...outside, Authorization: `Bearer ${OPERATOR_SECRET}` };
    expect((await request(api.url).get('/metrics').set(shown)).status).toBe(200);
  });
});
