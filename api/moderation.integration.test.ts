import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Connection } from '@temporalio/client';
import { aFormation, anOrganisme } from '../domain/model/builders.ts';
import { root } from '../ops/services/folders.ts';
import { type ServiceProcess, startNode } from '../ops/services/processes.ts';
import { type Person, startTestApi, type TestApi } from '../ops/test/api-server.ts';
import { testTemporalAddress } from '../ops/test/temporal.ts';

let api: TestApi;
let worker: ServiceProcess;
let folder: string;
let workerEnv: NodeJS.ProcessEnv;
let of1: Person;
let moderatrice: Person;
let moderateur: Person;

/** A namespace of one's own: other tests serve the same task queues. */
async function ownNamespace(address: string): Promise<string> {
  const namespace = `api-${randomUUID()}`;
  const connection = await Connection.connect({ address });
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
  });
  await connection.close();
  return namespace;
}

const startWorker = () => startNode({ name: 'worker', args: ['workers/main.ts'], cwd: root, env: workerEnv });

async function untilReady(): Promise<void> {
  const end = Date.now() + 45_000;
  while (Date.now() < end) {
    if ((await fetch(`${api.url}/readyz`)).status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  throw new Error(`Cannot get ready: ${worker.output()}`);
}

beforeAll(async () => {
  const address = testTemporalAddress();
  const namespace = await ownNamespace(address);
  api = await startTestApi({ address, namespace });
  folder = await mkdtemp(join(tmpdir(), 'sofi-api-'));
  workerEnv = {
    ...process.env,
    DATABASE_URL: api.databaseUrl,
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: namespace,
    SOFI_DATA: folder,
    SOFI_DEMO: '1',
  };
  worker = await startWorker();
  [of1, moderatrice, moderateur] = await Promise.all([
    api.login('of1@demo.sofi'),
    api.login('moderatrice@demo.sofi'),
    api.login('moderateur@demo.sofi'),
  ]);
  await untilReady();
}, 60_000);
afterAll(async () => {
  await worker.stop();
  await api.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Documents with ids of their own, so that tests do not meet. */
function fresh<T>(document: T): T {
  const ids = new Map<string, string>();
  const renew = (id: string) => ids.get(id) ?? ids.set(id, randomUUID()).get(id) ?? id;
  const text = JSON.stringify(document).replaceAll(/[0-9a-f]{8}-0000-7000-8000-[0-9a-f]{12}/g, renew);
  return JSON.parse(text) as T;
}

const siret = (() => {
  let n = 100;
  return () => String(++n);
})();

async function deposed(document: object): Promise<string> {
  const draft = await of1.call('post', '/brouillons', { document });
  const { status, body } = await of1.call('post', `/brouillons/${draft.body.id}/depot`);
  expect([201, 202]).toContain(status);
  let { statut } = body;
  while (statut === 'deposee') {
    await new Promise((resolve) => setTimeout(resolve, 100));
    statut = (await of1.call('get', `/soumissions/${body.id}`)).body.statut;
  }
  expect(statut).toBe('controlee');
  return body.id;
}

/** An organisme and a formation of it, both waiting for a decision. */
async function aPair() {
  const [organisme, formation] = fresh([
    { ...anOrganisme(), sites: [] },
    aFormation({ day: new Date().toISOString().slice(0, 10) as never }),
  ]) as [ReturnType<typeof anOrganisme>, ReturnType<typeof aFormation>];
  const champs = { ...organisme.champs, 'numero-activite': `5244${siret().padStart(7, '0')}` };
  const own = await deposed({ ...organisme, champs });
  return { organisme: own, formation: await deposed(formation), ficheId: formation.id };
}

const approve = (version = 1) => ({ kind: 'approve', version });

describe('a soumission over HTTP', () => {
  it('waits for its organisme, is approved with it, and shows in the offer', async () => {
    const { organisme, formation, ficheId } = await aPair();
    const early = await moderatrice.call('post', `/soumissions/${formation}/decisions`, approve());
    expect(early.body).toMatchObject({ status: 409, code: 'organisme-non-accepte', soumission: organisme });
    const body = { ...approve(), avecOrganisme: true };
    const decided = await moderatrice.call('post', `/soumissions/${formation}/decisions`, body);
    expect(decided.body).toMatchObject({ statut: 'validee', allowed: ['undo'] });
    const own = await moderatrice.call('get', `/soumissions/${organisme}`);
    expect(own.body.statut).toBe('validee');
    const shown = await of1.call('get', `/formations/${ficheId}`);
    expect(shown.body).toMatchObject({
      numero: expect.stringMatching(/^21_\d+$/),
      version: 1,
      actions: 1,
      sessions: 1,
    });
    expect(shown.body.cpf).toHaveLength(1);
    const listed = await of1.call(
      'get',
      `/sessions?filter=${encodeURIComponent(JSON.stringify({ formation: ficheId }))}`,
    );
    expect(listed.headers['content-range']).toBe('sessions 0-0/1');
  });

  it('is held by one moderator at a time; a colleague is told who and until when, and may take over', async () => {
    const { organisme: id } = await aPair();
    const claim = await moderatrice.call('post', `/soumissions/${id}/claim`, {});
    expect(claim.body).toEqual({ token: expect.any(Number), expires: expect.any(String) });
    const held = await moderateur.call('post', `/soumissions/${id}/decisions`, approve());
    expect(held.body).toMatchObject({
      status: 409,
      code: 'prise-par-un-collegue',
      by: { nom: 'Maëlle Guérin' },
      expires: claim.body.expires,
    });
    const longer = await moderatrice.call('put', `/soumissions/${id}/claim`, {});
    expect(Date.parse(longer.body.expires)).toBeGreaterThanOrEqual(Date.parse(claim.body.expires));
    const hidden = await of1.call('get', `/soumissions/${id}`);
    expect(hidden.body.claim).toBeNull();
    expect(JSON.stringify(hidden.body.timeline)).not.toContain('Guérin');
    const over = await moderateur.call('post', `/soumissions/${id}/claim`, { takeOver: true });
    expect(over.body.token).toBe(claim.body.token + 1);
    const late = await moderatrice.call('post', `/soumissions/${id}/decisions`, {
      ...approve(),
      token: claim.body.token,
    });
    expect(late.body.code).toBe('prise-par-un-collegue');
    expect((await moderatrice.call('put', `/soumissions/${id}/claim`, {})).body.code).toBe('reservation-perdue');
    expect((await moderateur.call('delete', `/soumissions/${id}/claim`)).status).toBe(204);
    expect((await of1.call('get', `/soumissions/${id}`)).body.statut).toBe('controlee');
  });

  it('goes back for changes, is answered field by field, and its reviewer sees what moved', async () => {
    const { organisme, formation } = await aPair();
    await moderatrice.call('post', `/soumissions/${organisme}/decisions`, approve());
    const path = '/champs/intitule-formation';
    const champs = [{ path, reason: 'imprecis', comment: 'Précisez', suggestion: 'CAP ébéniste (bois)' }];
    const asked = await moderatrice.call('post', `/soumissions/${formation}/decisions`, {
      kind: 'requestChanges',
      version: 1,
      champs,
    });
    expect(asked.body).toMatchObject({ statut: 'correctionsDemandees', decision: { champs } });
    const answer = await of1.call('post', `/soumissions/${formation}/brouillon`, {});
    expect(answer.body.id).toBe(formation);
    const { document } = answer.body;
    document.champs['intitule-formation'] = champs[0]?.suggestion;
    await of1.call('put', `/brouillons/${formation}`, { document }, { 'If-Match': answer.headers.etag ?? '' });
    const between = await moderatrice.call('get', `/soumissions/${formation}`);
    expect(between.body.document.champs['intitule-formation']).toBe('CAP ébéniste');
    const again = await of1.call('post', `/brouillons/${formation}/depot`);
    expect(again.body).toMatchObject({ id: formation, version: 2, statut: 'controlee' });
    const stale = await moderatrice.call('post', `/soumissions/${formation}/decisions`, approve(1));
    expect(stale.body).toMatchObject({
      status: 412,
      code: 'version-perimee',
      version: 2,
      difference: [{ path, kind: 'changed', before: 'CAP ébéniste', after: 'CAP ébéniste (bois)' }],
    });
  });

  it('is decided once by ten calls with one key, and refuses another decision', async () => {
    const { organisme: id } = await aPair();
    const key = { 'Idempotency-Key': randomUUID() };
    const calls = Array.from({ length: 10 }, () =>
      moderatrice.call('post', `/soumissions/${id}/decisions`, approve(), key),
    );
    const answers = await Promise.all(calls);
    expect(answers.every(({ status, body }) => status === 200 || body.code === 'cle-en-cours')).toBe(true);
    const { body } = await moderatrice.call('get', `/soumissions/${id}`);
    expect(body.timeline.filter(({ act }: { act: string }) => act === 'approve')).toHaveLength(1);
    const other = await moderateur.call('post', `/soumissions/${id}/decisions`, {
      kind: 'refuse',
      version: 1,
      motif: 'Doublon',
    });
    expect(other.body).toMatchObject({ status: 409, code: 'deja-decidee' });
    const bare = await moderatrice.agent
      .post(`/api/v1/soumissions/${id}/decisions`)
      .set('X-CSRF-Token', moderatrice.csrfToken)
      .send(approve());
    expect(bare.body.code).toBe('cle-manquante');
  });

  it('is undone by who decided, not by a colleague', async () => {
    const { organisme: id } = await aPair();
    await moderatrice.call('post', `/soumissions/${id}/decisions`, approve());
    expect((await moderateur.call('post', `/soumissions/${id}/undo`, {})).body.code).toBe('interdit');
    expect((await moderatrice.call('post', `/soumissions/${id}/undo`, {})).body).toMatchObject({ statut: 'enRevue' });
  });

  it('is withdrawn by its organisation', async () => {
    const { organisme: id } = await aPair();
    const gone = await of1.call('post', `/soumissions/${id}/retrait`, { motif: 'Saisie par erreur' });
    expect(gone.body).toMatchObject({ statut: 'retiree', allowed: [] });
    const { body } = await moderatrice.call('post', `/soumissions/${id}/decisions`, approve());
    expect(body).toMatchObject({ status: 409, code: 'transition-interdite' });
  });

  it('entered by a moderator on behalf of an organisation is decided by a colleague', async () => {
    const { organisme, formation } = await aPair();
    await moderateur.call('post', `/soumissions/${formation}/decisions`, { ...approve(), avecOrganisme: true });
    const { body: own } = await moderateur.call('get', `/soumissions/${organisme}`);
    const draft = await moderatrice.call('post', `/organismes/${own.fiche.id}/brouillon`, {});
    const { document, id } = draft.body;
    document.champs['nom-organisme'] = 'Ateliers de la Loire et du Maine';
    await moderatrice.call('put', `/brouillons/${id}`, { document }, { 'If-Match': draft.headers.etag ?? '' });
    expect((await moderatrice.call('post', `/brouillons/${id}/depot`)).body.statut).toBe('controlee');
    const self = await moderatrice.call('post', `/soumissions/${id}/decisions`, approve());
    expect(self.body).toMatchObject({ status: 403, code: 'propre-saisie' });
    expect((await moderateur.call('post', `/soumissions/${id}/decisions`, approve())).body.statut).toBe('validee');
  });
});

describe('without a worker', () => {
  it('a decision answers 503 in time, and the same key tells what became of it once one is back', async () => {
    const { organisme: id } = await aPair();
    worker.kill();
    await worker.exited;
    const key = { 'Idempotency-Key': randomUUID() };
    const start = Date.now();
    const { body, headers } = await moderatrice.call('post', `/soumissions/${id}/decisions`, approve(), key);
    expect(['sans-worker', 'temporal-absent']).toContain(body.code);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(Date.now() - start).toBeLessThan(8_000);
    worker = await startWorker();
    let told = await moderatrice.call('post', `/soumissions/${id}/decisions`, approve(), key);
    for (let tries = 0; told.status === 503 && tries < 8; tries++) {
      told = await moderatrice.call('post', `/soumissions/${id}/decisions`, approve(), key);
    }
    expect(told.body.statut).toBe('validee');
    expect(told.body.timeline.filter(({ act }: { act: string }) => act === 'approve')).toHaveLength(1);
  }, 60_000);
});
