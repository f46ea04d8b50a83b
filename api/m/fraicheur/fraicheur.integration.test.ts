import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { runImport } from '../../../db/imports/run-import.ts';
import { storeFile } from '../../../db/imports/sample-file.ts';
import { enqueueMails } from '../../../db/mail/enqueue.ts';
import { linkToken } from '../../../db/mail/links.ts';
import { aLheoFile, aReceived } from '../../../domain/lheo/fiche/sample-lheo.ts';
import type { InstantMs } from '../../../domain/model/ids.ts';
import { parisDayOf } from '../../../domain/model/paris-time.ts';
import { PAYS_DE_LA_LOIRE } from '../../../domain/model/region.ts';
import { startTestApi, type TestApi } from '../../../ops/test/api-server.ts';

const LARGEST_PAGE = 30_000;
const MONTH_MS = 30 * 24 * 3_600_000;
const FORMATIONS = 40;

describe('the link of a freshness mail', () => {
  let api: TestApi;
  let sessions: string[];

  beforeAll(async () => {
    api = await startTestApi();
    const user = await api.db.asWorker((sql) =>
      sql.selectFrom('user_account').select('id').where('email', '=', 'admin@demo.sofi').executeTakeFirstOrThrow(),
    );
    const admin = { userId: user.id, role: 'administrateur' as const, organismes: [] };
    const file = aLheoFile(
      Array.from({ length: FORMATIONS }, (_, n) => aReceived(n + 1, { day: parisDayOf(Date.now()) })),
    );
    const id = await storeFile(api.db, admin, file, { source: 'reprise', mode: 'partiel' });
    await runImport(api.db, id, { region: PAYS_DE_LA_LOIRE, now: () => Date.now() as InstantMs });
    sessions = await api.db.asWorker(async (sql) => {
      const rows = await sql.selectFrom('session').select('id').orderBy('numero').execute();
      return rows.map((row) => row.id);
    });
  });
  afterAll(() => api.stop());

  /** A mail about some sessions to a fresh contact, and its link. */
  async function aLink(asked: readonly string[], { life = MONTH_MS, userId }: { life?: number; userId?: string } = {}) {
    const to = userId === undefined ? { adresse: `${randomUUID()}@test.example` } : { userId };
    const items = asked.map((session) => ({ session, stage: 'rappel1' }));
    const [left] = await api.db.asWorker((sql) =>
      enqueueMails(sql, [
        {
          kind: 'fraicheur',
          evenement: randomUUID(),
          to,
          payload: { items },
          pasAvant: Date.now(),
          lienExpireLe: Date.now() + life,
        },
      ]),
    );
    const id = left?.id ?? '';
    return { id, address: `/m/${linkToken(api.deps.settings.linkSecret, 'fraicheur', id)}` };
  }
  const fieldOf = (page: string) => /name="page" value="([^"]+)"/.exec(page)?.[1] ?? '';
  const post = async (address: string, fields: object) => {
    const page = await request(api.url).get(address);
    return request(api.url)
      .post(address)
      .type('form')
      .send({ page: fieldOf(page.text), ...fields });
  };
  const answers = (courriel: string) =>
    api.db.asWorker((sql) =>
      sql
        .selectFrom('fraicheur_reponse')
        .select(['session_id', 'reponse', 'soumission_id'])
        .where('courriel_id', '=', courriel)
        .execute(),
    );

  it('opens a small page without script, and whoever reads it changes nothing', async () => {
    const { id, address } = await aLink(sessions);
    for (const method of ['get', 'head', 'get'] as const) {
      expect((await request(api.url)[method](address).set('Purpose', 'prefetch')).status).toBe(200);
    }
    const { text } = await request(api.url).get(address);
    expect(Buffer.byteLength(text)).toBeLessThan(LARGEST_PAGE);
    expect(text).not.toContain('<script');
    expect(text).toContain(`(${FORMATIONS})`);
    expect(await answers(id)).toEqual([]);
  });

  it('confirms all by one click, and says so when it is used again', async () => {
    const asked = sessions.slice(0, 3);
    const { id, address } = await aLink(asked);
    const answer = await post(address, { tout: 'valable' });
    expect(answer.text).toContain('C’est noté.');
    expect((await answers(id)).map(({ reponse }) => reponse)).toEqual(['valable', 'valable', 'valable']);
    const again = await request(api.url).get(address);
    expect(again.text).toContain('Toujours valable');
    expect(again.text).not.toContain('<form');
    await request(api.url)
      .post(address)
      .type('form')
      .send({ page: fieldOf((await request(api.url).get(address)).text), tout: 'valable' });
    expect(await answers(id)).toHaveLength(3);
  });

  it('takes an answer for each session, and refuses what it cannot read', async () => {
    const [one = '', two = '', three = '', four = ''] = sessions.slice(10);
    const { id, address } = await aLink([one, two, three, four]);
    const answer = await post(address, {
      r0: 'complete',
      r1: 'dates',
      d1: '2027-09-01',
      f1: '2027-12-17',
      r2: 'dates',
      d2: '',
      f2: '',
      r3: 'places',
      p3: '4',
    });
    expect(answer.text).toContain('Dates incomplètes');
    const given = await answers(id);
    expect(new Map(given.map((row) => [row.session_id, row.reponse]))).toEqual(
      new Map([
        [one, 'complete'],
        [two, 'dates'],
        [four, 'places'],
      ]),
    );
    expect(given.every(({ soumission_id }) => soumission_id !== null)).toBe(true);
  });

  it('asks for the next dates of what has ended, and takes no confirmation of it', async () => {
    const [ended = '', valid = ''] = sessions.slice(35);
    await api.db.asWorker((sql) =>
      sql.updateTable('session').set({ fin: '20200630' }).where('id', '=', ended).execute(),
    );
    const { id, address } = await aLink([ended, valid]);
    const { text } = await request(api.url).get(address);
    expect(text).toContain('(1)');
    expect(text.match(/<option value="valable">/g)).toHaveLength(1);
    expect(text.match(/<option value="dates">/g)).toHaveLength(2);
    const answer = await post(address, { r0: 'valable', r1: 'valable' });
    expect(answer.text).toContain('Session terminée');
    expect((await answers(id)).map(({ session_id }) => session_id)).toEqual([valid]);
    const { call } = await api.login('moderatrice@demo.sofi');
    const refused = await call('post', '/fraicheur/confirmations', { sessions: [valid, ended] });
    expect([refused.status, refused.body.code]).toEqual([409, 'session-terminee']);
  });

  it('does nothing for a session that its mail does not name', async () => {
    const { id, address } = await aLink([sessions[20] ?? '']);
    await post(address, { r1: 'annulee', r999: 'annulee', 'r-1': 'annulee' });
    expect(await answers(id)).toEqual([]);
  });

  it('no longer answers for an organisme that its person left', async () => {
    const of = await api.db.asWorker((sql) =>
      sql.selectFrom('user_account').select('id').where('email', '=', 'of2@demo.sofi').executeTakeFirstOrThrow(),
    );
    const { id, address } = await aLink([sessions[21] ?? ''], { userId: of.id });
    const page = await request(api.url).get(address);
    expect(page.text).toContain('Plus rien à confirmer ici');
    await request(api.url)
      .post(address)
      .type('form')
      .send({ page: fieldOf(page.text), tout: 'valable' });
    expect(await answers(id)).toEqual([]);
  });

  it.each([
    ['without a field of the page', {}],
    ['with a field of another page', { page: 'zzzz.0123456789012345678901' }],
  ])('changes nothing by a POST %s', async (_, fields) => {
    const { id, address } = await aLink([sessions[22] ?? '']);
    const answer = await request(api.url)
      .post(address)
      .type('form')
      .send({ tout: 'valable', ...fields });
    expect(answer.status).toBe(409);
    expect(await answers(id)).toEqual([]);
  });

  it('that has expired sends a new one to the same address, once', async () => {
    const { id, address } = await aLink([sessions[23] ?? ''], { life: -1_000 });
    const page = await request(api.url).get(address);
    expect(page.status).toBe(410);
    expect((await post(address, { tout: 'valable' })).text).toContain('Un nouveau courriel part');
    await post(address, { renvoyer: '1' });
    expect(await answers(id)).toEqual([]);
    const sent = await api.db.asWorker((sql) =>
      sql.selectFrom('courriel').select('payload').where('cle', 'like', `fraicheur:renvoi-${id}%`).execute(),
    );
    expect(sent.map(({ payload }) => payload.items)).toEqual([[{ session: sessions[23], stage: 'rappel1' }]]);
  });

  it.each(['forged', linkToken('x'.repeat(32), 'fraicheur', randomUUID())])(
    'that was not made here opens nothing',
    async (token) => {
      expect((await request(api.url).get(`/m/${token}`)).status).toBe(404);
    },
  );

  it('tells the organisme’s people who answered by which mail', async () => {
    const { id, address } = await aLink([sessions[30] ?? '']);
    await post(address, { tout: 'valable' });
    const { call } = await api.login('moderatrice@demo.sofi');
    const { body } = await call('get', '/fraicheur/reponses?range=[0,99]');
    expect(body).toContainEqual(
      expect.objectContaining({ session: sessions[30], reponse: 'valable', voie: 'courriel', courriel: id }),
    );
  });
});
