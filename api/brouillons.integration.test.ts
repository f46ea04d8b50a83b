import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anOrganisme } from '../domain/model/builders.ts';
import { type Person, startTestApi, type TestApi } from '../ops/test/api-server.ts';
import { purgeKeys } from './idempotency.ts';

let api: TestApi;
let of1: Person;
beforeAll(async () => {
  api = await startTestApi();
  of1 = await api.login('of1@demo.sofi');
});
afterAll(() => api.stop());

const aDraft = () => ({ document: { ...anOrganisme(), id: randomUUID(), sites: [] } });
const key = () => ({ 'Idempotency-Key': randomUUID() });

describe('saving a draft', () => {
  it('goes on from the save that was read, and answers the next one’s ETag', async () => {
    const made = await of1.call('post', '/brouillons', aDraft());
    expect(made.status).toBe(201);
    expect(made.headers.etag).toBe('"1"');
    expect(made.headers.location).toBe(`/api/v1/brouillons/${made.body.id}`);
    const { document, id } = made.body;
    const saved = await of1.call('put', `/brouillons/${id}`, { document }, { 'If-Match': made.headers.etag ?? '' });
    expect([saved.status, saved.headers.etag]).toEqual([200, '"2"']);
    const stale = await of1.call('put', `/brouillons/${id}`, { document }, { 'If-Match': '"1"' });
    expect(stale.body).toMatchObject({ status: 412, code: 'brouillon-perime', saveNumber: 2 });
    const blind = await of1.call('put', `/brouillons/${id}`, { document });
    expect(blind.body).toMatchObject({ status: 428, code: 'if-match-manquant' });
    const odd = await of1.call('put', `/brouillons/${id}`, { document }, { 'If-Match': '*' });
    expect(odd.body).toMatchObject({ status: 400, code: 'parametre-invalide' });
  });

  it('lets one of two savers through', async () => {
    const { body } = await of1.call('post', '/brouillons', aDraft());
    const save = () => of1.call('put', `/brouillons/${body.id}`, { document: body.document }, { 'If-Match': '"1"' });
    const statuses = (await Promise.all([save(), save(), save()])).map(({ status }) => status);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 412, 412]);
  });

  it('tells what is wrong beside the field, in the asked language', async () => {
    const draft = aDraft();
    const { 'raison-sociale': _, ...champs } = draft.document.champs;
    const made = await of1.call(
      'post',
      '/brouillons',
      { document: { ...draft.document, champs } },
      { 'Accept-Language': 'en' },
    );
    const fault = made.body.faults.find(({ path }: { path: string }) => path === '/champs/raison-sociale');
    expect(fault).toMatchObject({ severity: 'blocking', message: expect.any(String), mend: expect.any(String) });
    const french = await of1.call('get', `/brouillons/${made.body.id}`, undefined, { 'Accept-Language': 'fr' });
    const same = french.body.faults.find(({ path }: { path: string }) => path === fault.path);
    expect(same.mend).not.toBe(fault.mend);
  });

  it('cannot put another fiche’s document in its place', async () => {
    const { body } = await of1.call('post', '/brouillons', aDraft());
    const other = await of1.call('put', `/brouillons/${body.id}`, aDraft(), { 'If-Match': '"1"' });
    expect(other.body).toMatchObject({ status: 400, code: 'corps-invalide' });
  });

  it('is given up once, and stays in the journal', async () => {
    const { body } = await of1.call('post', '/brouillons', aDraft());
    expect((await of1.call('delete', `/brouillons/${body.id}`)).status).toBe(204);
    expect((await of1.call('delete', `/brouillons/${body.id}`)).body.code).toBe('transition-interdite');
    const { body: soumission } = await of1.call('get', `/soumissions/${body.id}`);
    expect(soumission).toMatchObject({ statut: 'abandonnee', timeline: [{ act: 'abandonner', to: 'abandonnee' }] });
  });
});

describe('a key', () => {
  it('makes the same call once, and answers the same', async () => {
    const [draft, sent] = [aDraft(), key()];
    const first = await of1.call('post', '/brouillons', draft, sent);
    const second = await of1.call('post', '/brouillons', draft, sent);
    expect(second.body).toEqual(first.body);
    expect([second.status, second.headers.etag, second.headers.location]).toEqual([
      201,
      first.headers.etag,
      first.headers.location,
    ]);
  });

  it('makes one draft of ten calls at once; those that come too early are told to wait', async () => {
    const [draft, sent] = [aDraft(), key()];
    const answers = await Promise.all(Array.from({ length: 10 }, () => of1.call('post', '/brouillons', draft, sent)));
    const made = answers.filter(({ status }) => status === 201);
    const early = answers.filter(({ body }) => body.code === 'cle-en-cours');
    expect(made.length + early.length).toBe(10);
    expect(new Set(made.map(({ body }) => body.id)).size).toBe(1);
    for (const { headers, status } of early) expect([status, Number(headers['retry-after']) > 0]).toEqual([409, true]);
  });

  it('is refused for another body', async () => {
    const sent = key();
    await of1.call('post', '/brouillons', aDraft(), sent);
    const other = await of1.call('post', '/brouillons', aDraft(), sent);
    expect(other.body).toMatchObject({ status: 422, code: 'cle-reutilisee' });
  });

  it('belongs to one person', async () => {
    const of2 = await api.login('of2@demo.sofi');
    const sent = key();
    const mine = await of1.call('post', '/brouillons', aDraft(), sent);
    const theirs = await of2.call('post', '/brouillons', aDraft(), sent);
    expect(theirs.status).toBe(201);
    expect(theirs.body.id).not.toBe(mine.body.id);
  });

  it('is freed by a refusal, so that the call may be mended', async () => {
    const sent = key();
    const draft = aDraft();
    const refused = await of1.call('post', '/brouillons', { ...draft, pourOrganisme: randomUUID() }, sent);
    expect(refused.status).toBe(400);
    expect((await of1.call('post', '/brouillons', draft, sent)).status).toBe(201);
  });

  it('is held by a call that lasts, and taken over from one that fell silent', async () => {
    const draft = aDraft();
    const [lasting, silent] = [key(), key()];
    for (const sent of [lasting, silent]) await of1.call('post', '/brouillons', draft, sent);
    const running = (sent: Record<string, string>, silentForMs: number) =>
      api.db.asWorker((sql) =>
        sql
          .updateTable('idempotency_key')
          .set({ state: 'running', created_at: new Date(Date.now() - silentForMs) })
          .where('key', '=', sent['Idempotency-Key'] ?? '')
          .execute(),
      );
    await running(lasting, 0);
    await running(silent, 60_000);
    expect((await of1.call('post', '/brouillons', draft, lasting)).body.code).toBe('cle-en-cours');
    expect((await of1.call('post', '/brouillons', draft, silent)).status).toBe(201);
  });

  it('is asked for on a deposit', async () => {
    const { body } = await of1.call('post', '/brouillons', aDraft());
    const bare = await of1.agent.post(`/api/v1/brouillons/${body.id}/depot`).set('X-CSRF-Token', of1.csrfToken);
    expect(bare.body).toMatchObject({ status: 428, code: 'cle-manquante' });
  });

  it('is forgotten after seven days', async () => {
    await of1.call('post', '/brouillons', aDraft(), key());
    const old = new Date(Date.now() - 7.1 * 24 * 3_600_000);
    await api.db.asWorker((sql) => sql.updateTable('idempotency_key').set({ created_at: old }).execute());
    const fresh = await of1.call('post', '/brouillons', aDraft(), key());
    expect(fresh.status).toBe(201);
    expect(await purgeKeys(api)).toBeGreaterThan(0);
    const left = await api.db.asWorker((sql) => sql.selectFrom('idempotency_key').select('key').execute());
    expect(left).toHaveLength(1);
  });
});

describe('a deposit while Temporal is away', () => {
  it('is taken, says that its checks run, and waits for the relay', async () => {
    const { body } = await of1.call('post', '/brouillons', aDraft());
    const sent = key();
    const deposited = await of1.call('post', `/brouillons/${body.id}/depot`, undefined, sent);
    expect(deposited.status).toBe(202);
    expect(deposited.body).toMatchObject({ id: body.id, statut: 'deposee', version: 1, controles: 'enCours' });
    expect(Object.keys(deposited.body.echeances)).toEqual(['alimentation', 'traitement', 'diffusion']);
    const again = await of1.call('post', `/brouillons/${body.id}/depot`, undefined, sent);
    expect(again.body).toEqual(deposited.body);
    const waiting = await api.db.asWorker((sql) =>
      sql.selectFrom('outbox').select('kind').where('subject_id', '=', body.id).where('done_at', 'is', null).execute(),
    );
    expect(waiting).toEqual([{ kind: 'start' }]);
  });

  it('leaves decisions unanswered with 503 and when to try again', async () => {
    const { body } = await of1.call('post', '/brouillons', aDraft());
    await of1.call('post', `/brouillons/${body.id}/depot`);
    const moderator = await api.login('moderatrice@demo.sofi');
    const decision = await moderator.call('post', `/soumissions/${body.id}/decisions`, { kind: 'approve', version: 1 });
    expect(decision.body).toMatchObject({ status: 503, code: 'temporal-absent' });
    expect(Number(decision.headers['retry-after'])).toBeGreaterThan(0);
  });
});
