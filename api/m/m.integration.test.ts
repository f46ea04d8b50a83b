import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { enqueueMails } from '../../db/mail/enqueue.ts';
import { linkToken } from '../../db/mail/links.ts';
import { readPreferences } from '../../db/mail/preferences.ts';
import type { MailKind } from '../../domain/model/mail.ts';
import { startTestApi, type TestApi } from '../../ops/test/api-server.ts';

const LARGEST_PAGE = 30_000;

describe('the link that stops mails', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.stop());

  /** A mail of a kind to a fresh contact, and its link. */
  async function aLink(kind: MailKind): Promise<{ readonly address: string; readonly adresse: string }> {
    const adresse = `${randomUUID()}@test.example`;
    const mail = { kind, evenement: randomUUID(), to: { adresse }, pasAvant: Date.now() };
    const [left] = await api.db.asWorker((sql) => enqueueMails(sql, [mail]));
    const token = linkToken(api.deps.settings.linkSecret, 'desabonnement', left?.id ?? '');
    return { address: `/m/${token}`, adresse };
  }
  const modeOf = async (adresse: string, kind: MailKind) =>
    (await api.db.asWorker((sql) => readPreferences(sql, adresse))).get(kind);
  const fieldOf = (page: string) => /name="page" value="([^"]+)"/.exec(page)?.[1] ?? '';

  it('opens a small page without script that changes nothing, however often a scanner reads it', async () => {
    const { address, adresse } = await aLink('rappel');
    for (const method of ['get', 'head', 'get'] as const) {
      const answer = await request(api.url)[method](address).set('Purpose', 'prefetch');
      expect(answer.status).toBe(200);
    }
    const { text, headers } = await request(api.url).get(address);
    expect(Buffer.byteLength(text)).toBeLessThan(LARGEST_PAGE);
    expect(text).not.toContain('<script');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(await modeOf(adresse, 'rappel')).toBe('immediat');
  });

  it('stops them by the page’s own button, and then says so', async () => {
    const { address, adresse } = await aLink('rappel');
    const page = await request(api.url).get(address);
    await request(api.url)
      .post(address)
      .type('form')
      .send({ page: fieldOf(page.text) });
    expect(await modeOf(adresse, 'rappel')).toBe('aucun');
    expect((await request(api.url).get(address).set('Accept-Language', 'en')).text).toContain('Done.');
  });

  it('stops them by the one click of a mail reader, twice as well as once', async () => {
    const { address, adresse } = await aLink('publie');
    for (let n = 0; n < 2; n++) {
      const answer = await request(api.url).post(address).type('form').send('List-Unsubscribe=One-Click');
      expect(answer.status).toBe(200);
    }
    expect(await modeOf(adresse, 'publie')).toBe('aucun');
  });

  it.each([
    ['without a field of the page', {}],
    ['with a field of another page', { page: 'zzzz.0123456789012345678901' }],
  ])('changes nothing by a POST %s', async (_, fields) => {
    const { address, adresse } = await aLink('rappel');
    await request(api.url).post(address).type('form').send(fields);
    expect(await modeOf(adresse, 'rappel')).toBe('immediat');
  });

  it('makes a daily digest of what has to come', async () => {
    const { address, adresse } = await aLink('decision');
    await request(api.url).post(address).type('form').send('List-Unsubscribe=One-Click');
    expect(await modeOf(adresse, 'decision')).toBe('quotidien');
  });

  it.each(['forged', linkToken('x'.repeat(32), 'desabonnement', randomUUID())])(
    'is unknown when it was not made here',
    async (token) => {
      const answer = await request(api.url).get(`/m/${token}`);
      expect(answer.status).toBe(404);
      expect(answer.text).toContain(api.deps.region.cariforef.courriel);
    },
  );
});
