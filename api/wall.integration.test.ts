import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { Viewer } from '../db/connect.ts';
import { anOrganisme } from '../domain/model/builders.ts';
import { type Person, startTestApi, type TestApi } from '../ops/test/api-server.ts';

let api: TestApi;
let of1: Person;
let of2: Person;
let moderator: Person;
let consumer: Person;
let draftId: string;
let viewer2: Viewer;

beforeAll(async () => {
  api = await startTestApi();
  of1 = await api.login('of1@demo.sofi');
  of2 = await api.login('of2@demo.sofi');
  moderator = await api.login('moderatrice@demo.sofi');
  consumer = await api.login('consommateur@demo.sofi');
  const [mine, theirs] = await Promise.all(
    [of1, of2].map((of) =>
      of.call('post', '/brouillons', { document: { ...anOrganisme(), id: randomUUID(), sites: [] } }),
    ),
  );
  draftId = mine?.body.id;
  const me = await of2.call('get', '/me');
  expect(me.body.organismes).toEqual([{ id: theirs?.body.ficheId, nom: 'Ateliers de la Loire', accepted: false }]);
  viewer2 = { userId: me.body.id, role: 'of', organismes: [theirs?.body.ficheId] };
});
afterAll(() => api.stop());

describe('the wall between organisations', () => {
  it('hides a draft from another organisation, for every act', async () => {
    const etag = { 'If-Match': '"1"' };
    const answers = await Promise.all([
      of2.call('get', `/brouillons/${draftId}`),
      of2.call('put', `/brouillons/${draftId}`, { document: anOrganisme() }, etag),
      of2.call('delete', `/brouillons/${draftId}`),
      of2.call('post', `/brouillons/${draftId}/depot`),
      of2.call('get', `/soumissions/${draftId}`),
      of2.call('post', `/soumissions/${draftId}/retrait`, {}),
      of2.call('post', `/soumissions/${draftId}/brouillon`, {}),
    ]);
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(answers.map(() => [404, 'introuvable']));
    const still = await of1.call('get', `/brouillons/${draftId}`);
    expect(still.body).toMatchObject({ statut: 'brouillon', saveNumber: 1 });
  });

  it('lists to each organisation its own soumissions alone', async () => {
    const lists = await Promise.all([of1, of2].map((of) => of.call('get', '/soumissions')));
    const [first, second] = lists.map(({ body }) => body.map((row: { id: string }) => row.id));
    expect(first).toEqual([draftId]);
    expect(second).toHaveLength(1);
    expect(second).not.toContain(draftId);
    expect(lists.map(({ headers }) => headers['content-range'])).toEqual(['soumissions 0-0/1', 'soumissions 0-0/1']);
  });

  it('keeps an organisation’s unfinished draft from the Cariforef too', async () => {
    expect((await moderator.call('get', `/brouillons/${draftId}`)).status).toBe(404);
    expect((await moderator.call('get', `/soumissions/${draftId}`)).status).toBe(404);
    expect((await moderator.call('get', '/soumissions')).body).toEqual([]);
  });

  it('holds in the database itself, whatever the API would ask', async () => {
    const tables = ['soumission', 'soumission_revision', 'decision', 'journal'] as const;
    const seen = await api.db.asViewer(viewer2, async (sql) =>
      Promise.all(
        tables.map(
          (table) => sql.selectFrom(table).select('organisme_id').execute() as Promise<{ organisme_id: string }[]>,
        ),
      ),
    );
    expect(seen[0]).toHaveLength(1);
    for (const { organisme_id } of seen.flat()) expect(viewer2.organismes).toContain(organisme_id);
    const moved = await api.db.asViewer(viewer2, (sql) =>
      sql.updateTable('soumission').set({ titre: 'volé' }).where('id', '=', draftId).executeTakeFirst(),
    );
    expect(moved.numUpdatedRows).toBe(0n);
    const planted = api.db.asViewer(viewer2, (sql) =>
      sql
        .insertInto('soumission_revision')
        .values({
          soumission_id: draftId,
          n: 1,
          organisme_id: randomUUID(),
          document: '{}' as never,
          hash: 'x',
          deposee_le: new Date(),
        })
        .execute(),
    );
    await expect(planted).rejects.toThrow(/row-level security/);
    const nobody = await api.db.asViewer(null, (sql) => sql.selectFrom('soumission').select('id').execute());
    expect(nobody).toEqual([]);
  });
});

describe('roles', () => {
  it.each([
    ['get', '/me'],
    ['get', '/soumissions'],
    ['get', '/formations'],
    ['post', '/brouillons'],
    ['get', '/journal'],
    ['post', `/soumissions/${randomUUID()}/decisions`],
  ] as const)('nobody gets 401 at %s %s', async (method, path) => {
    const answer = await request(api.url)[method](`/api/v1${path}`).set('Idempotency-Key', 'k');
    expect(answer.body).toMatchObject({ status: 401, code: 'non-authentifie' });
    expect(answer.headers['www-authenticate']).toContain('Bearer');
  });

  it.each(['/promesse', '/cpf?certification=RNCP1&siret=12345678901234', '/openapi.json'])(
    'nobody may read %s',
    async (path) => {
      expect((await request(api.url).get(`/api/v1${path}`)).status).toBe(200);
    },
  );

  it('an act that the role may not do is 403', async () => {
    const decision = { kind: 'approve', version: 1 };
    const answers = await Promise.all([
      of1.call('post', `/soumissions/${draftId}/decisions`, decision),
      of1.call('post', `/soumissions/${draftId}/claim`, {}),
      of1.call('get', '/journal'),
      of1.call('get', '/people'),
      consumer.call('post', '/brouillons', { document: anOrganisme() }),
      consumer.call('get', '/soumissions'),
      moderator.call('post', '/people', { email: 'x@demo.sofi', nom: 'X', role: 'of' }),
      moderator.call('post', '/releases', { kind: 'normal' }),
    ]);
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(answers.map(() => [403, 'interdit']));
  });

  it('an administrator keeps the accounts', async () => {
    const admin = await api.login('admin@demo.sofi');
    const person = { email: 'Nouvelle@Demo.sofi', nom: 'Nouvelle', role: 'moderateur' };
    const made = await admin.call('post', '/people', person);
    expect(made.body).toMatchObject({ email: 'nouvelle@demo.sofi', role: 'moderateur', actif: true });
    const twice = await admin.call('post', '/people', person);
    expect(twice.body).toMatchObject({ code: 'corps-invalide', errors: [{ pointer: '/email', code: 'deja-pris' }] });
    const changed = await admin.call('put', `/people/${made.body.id}`, { ...person, actif: false });
    expect(changed.body.actif).toBe(false);
    const found = await admin.call('get', `/people?filter=${encodeURIComponent('{"q":"nouv"}')}`);
    expect(found.body).toHaveLength(1);
  });
});
