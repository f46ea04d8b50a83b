import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type request from 'supertest';
import { aFormation, anOrganisme } from '../domain/model/builders.ts';
import { type Person, startTestApi, type TestApi } from '../ops/test/api-server.ts';

let api: TestApi;
let of1: Person;
let moderator: Person;
beforeAll(async () => {
  api = await startTestApi();
  of1 = await api.login('of1@demo.sofi');
  moderator = await api.login('moderatrice@demo.sofi');
});
afterAll(() => api.stop());

/** A body as bytes, so that what no JSON writer would send can be sent. */
const raw = (path: string, bytes: Buffer | string, type = 'application/json') =>
  of1.agent
    .post(`/api/v1${path}`)
    .set('X-CSRF-Token', of1.csrfToken)
    .set('Idempotency-Key', randomUUID())
    .set('Content-Type', type)
    .serialize((sent: unknown) => sent as string)
    .send(bytes as object);

const anId = randomUUID();
const withChamps = (champs: object) => ({ document: { ...anOrganisme(), champs } });

/** What a refusal must say, whatever it is: RFC 9457 with a code and how to mend it, in under a second. */
async function expectRefusal(
  answer: Promise<request.Response>,
  status: number,
  code: string,
): Promise<request.Response> {
  const start = Date.now();
  const got = await answer;
  expect(Date.now() - start).toBeLessThan(1_000);
  expect(got.headers['content-type']).toContain('application/problem+json');
  expect(got.body).toMatchObject({ status, code, type: expect.any(String) });
  expect(got.body.title).not.toBe('');
  expect(got.body.mend).not.toBe('');
  expect(got.status).toBe(status);
  return got;
}

describe('a body that is not what it should be', () => {
  it('names each unknown key', async () => {
    const body = { document: { ...anOrganisme(), surnom: 'x' }, autre: 1 };
    const { body: problem } = await expectRefusal(of1.call('post', '/brouillons', body), 400, 'champ-inconnu');
    expect(problem.errors.map((error: { pointer: string }) => error.pointer).sort()).toEqual([
      '/autre',
      '/document/surnom',
    ]);
  });

  it.each([
    ['NUL', '\u0000'],
    ['a command character', '\u0007'],
    ['half a character', '\ud800'],
  ])('refuses %s in a field, with where and how to mend', async (_, sign) => {
    const body = withChamps({ 'raison-sociale': `Atelier${sign}` });
    const { body: problem } = await expectRefusal(of1.call('post', '/brouillons', body), 400, 'corps-invalide');
    expect(problem.errors).toEqual([
      { pointer: '/document/champs', code: 'champs-invalides', message: expect.any(String), mend: expect.any(String) },
    ]);
  });

  it('refuses bytes that are not UTF-8', async () => {
    const bytes = Buffer.concat([Buffer.from('{"label":"caf'), Buffer.from([0xe9]), Buffer.from('"}')]);
    await expectRefusal(Promise.resolve(raw('/tokens', bytes)), 400, 'encodage');
  });

  it.each([
    ['no JSON', '{"label":'],
    ['a text alone', '"x"'],
    ['nothing but blanks', '   '],
  ])('refuses %s', async (_, text) => {
    const answer = await raw('/tokens', text);
    expect(answer.status).toBe(400);
    expect(['json-invalide', 'corps-invalide']).toContain(answer.body.code);
  });

  it('refuses __proto__ wherever it stands', async () => {
    const document = JSON.stringify(anOrganisme());
    const polluted = `{"document":${document.replace('"champs":{', '"champs":{"__proto__":{"admin":true},')}}`;
    await expectRefusal(Promise.resolve(raw('/brouillons', polluted)), 400, 'corps-invalide');
    const top = `{"document":${document},"__proto__":{"admin":true}}`;
    await expectRefusal(Promise.resolve(raw('/brouillons', top)), 400, 'champ-inconnu');
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  it('refuses what is too big', async () => {
    const big = JSON.stringify({ label: 'x'.repeat(6_000_000) });
    await expectRefusal(Promise.resolve(raw('/tokens', big)), 413, 'trop-gros');
  });

  it('refuses what is nested too deep', async () => {
    let deep: unknown = 'x';
    for (let level = 0; level < 40; level++) deep = { a: deep };
    await expectRefusal(of1.call('post', '/brouillons', withChamps({ deep })), 400, 'corps-invalide');
  });

  it.each([
    ['a number for a text', { label: 5 }],
    ['a list for an object', []],
    ['a text for a number', { label: 'x', days: '3' }],
    ['too many days', { label: 'x', days: 4_000 }],
    ['nothing', {}],
  ])('refuses %s', async (_, body) => {
    await expectRefusal(of1.call('post', '/tokens', body), 400, 'corps-invalide');
  });

  it('refuses a type of content that it does not take', async () => {
    await expectRefusal(Promise.resolve(raw('/tokens', '<label>x</label>', 'application/xml')), 415, 'type-de-contenu');
    const latin = raw('/tokens', '{"label":"x"}', 'application/json; charset=iso-8859-1');
    await expectRefusal(Promise.resolve(latin), 415, 'encodage-inconnu');
  });
});

describe('an address or a parameter that is not what it should be', () => {
  it.each([
    ['/soumissions/nope', 404, 'introuvable'],
    [`/soumissions/${anId}`, 404, 'introuvable'],
    [`/brouillons/${anId}`, 404, 'introuvable'],
    [`/formations/${anId}`, 404, 'introuvable'],
    [`/soumissions/${anId}'--`, 404, 'introuvable'],
    ['/rien', 404, 'introuvable'],
    ['/%ff', 404, 'introuvable'],
    ['/soumissions/%00', 404, 'introuvable'],
    ['/soumissions?inconnu=1', 400, 'champ-inconnu'],
    [`/soumissions?filter=${encodeURIComponent('{"x":1}')}`, 400, 'champ-inconnu'],
    ['/soumissions?filter={', 400, 'parametre-invalide'],
    ['/soumissions?filter=%00', 400, 'parametre-invalide'],
    [`/soumissions?filter=${encodeURIComponent('{"statut":"perdue"}')}`, 400, 'parametre-invalide'],
    [`/soumissions?filter=${encodeURIComponent('{"id":["x"]}')}`, 400, 'parametre-invalide'],
    ['/soumissions?range=[0,100000]', 400, 'parametre-invalide'],
    ['/soumissions?range=[5,1]', 400, 'parametre-invalide'],
    ['/soumissions?range=[-1,5]', 400, 'parametre-invalide'],
    [`/soumissions?sort=${encodeURIComponent('["motdepasse","ASC"]')}`, 400, 'parametre-invalide'],
    ['/soumissions?filter=%7B%7D&filter=%7B%7D', 400, 'parametre-invalide'],
    ['/cpf?certification=RNCP1&siret=12', 400, 'parametre-invalide'],
    ['/cpf?certification=drop&siret=12345678901234', 400, 'parametre-invalide'],
  ])('GET %s is refused with %i %s', async (path, status, code) => {
    const got = await moderator.agent.get(`/api/v1${path}`);
    expect(got.body).toMatchObject({ status, code, mend: expect.any(String) });
    expect(got.status).toBe(status);
  });

  it('answers in the asked language', async () => {
    const en = await moderator.call('get', '/rien', undefined, { 'Accept-Language': 'en' });
    const fr = await moderator.call('get', '/rien', undefined, { 'Accept-Language': 'fr' });
    expect([en.body.title, fr.body.title]).toEqual(['Nothing at this address', 'Rien à cette adresse']);
  });

  it.each([
    ['post', '/formations'],
    ['delete', '/organismes'],
    ['put', `/sessions/${anId}`],
    ['put', '/me'],
  ] as const)('refuses %s %s with the methods that it takes', async (method, path) => {
    const got = await expectRefusal(moderator.call(method, path, {}), 405, 'methode');
    expect(got.headers.allow).toBe('GET, HEAD');
  });

  it.each(['é'.repeat(3), 'x'.repeat(300), 'a b'])('refuses the key %p', async (key) => {
    const got = await moderator.agent
      .post(`/api/v1/soumissions/${anId}/decisions`)
      .set('X-CSRF-Token', moderator.csrfToken)
      .set('Idempotency-Key', encodeURIComponent(key).length > 250 ? key : key.replaceAll('é', '\u00e9'))
      .send({ kind: 'approve', version: 1 });
    expect(got.body).toMatchObject({ status: 400, code: 'cle-invalide' });
  });
});

describe('a caller that is no browser', () => {
  it('gets nothing of the inside when something breaks', async () => {
    const { body } = await moderator.call('post', '/brouillons', { document: { ...aFormation(), organisme: anId } });
    expect(JSON.stringify(body)).not.toMatch(/stack|node_modules|select |postgres/i);
  });

  it('that never ends its headers is cut', async () => {
    const { port } = new URL(api.url);
    const closed = new Promise<number>((resolve) => {
      const start = Date.now();
      const socket = connect(Number(port), '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nHost: x\r\n'));
      socket.on('close', () => resolve(Date.now() - start));
      socket.resume();
    });
    expect(await closed).toBeLessThan(20_000);
  }, 25_000);
});
