import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { simpleParser } from 'mailparser';
import pg from 'pg';
import request from 'supertest';
import { enqueueMails } from '../../db/mail/enqueue.ts';
import { MAIL_KINDS, type MailKind } from '../../domain/model/mail.ts';
import { PAYS_DE_LA_LOIRE } from '../../domain/model/region.ts';
import { SAMPLES } from '../../mail/samples.ts';
import { startTestApi, type TestApi } from '../../ops/test/api-server.ts';
import { composeMail } from '../../workers/mail/compose.ts';

describe('a scanner of mails, which opens every link', () => {
  let api: TestApi;
  let client: pg.Client;
  beforeAll(async () => {
    api = await startTestApi();
    client = new pg.Client({ connectionString: api.databaseUrl });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await api.stop();
  });

  /** What every table holds, logins apart: whoever opens a page may get a cookie. */
  async function everything(): Promise<Record<string, string>> {
    const { rows } = await client.query<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'login' order by 1",
    );
    const held: Record<string, string> = {};
    for (const { name } of rows) {
      const { rows: found } = await client.query(
        `select md5(string_agg(t::text, '|' order by t::text)) as m from "${name}" t`,
      );
      held[name] = String(found[0]?.m);
    }
    return held;
  }

  /** A mail of a kind as it goes out, with the links that its reader gets. */
  async function linksOf(kind: MailKind): Promise<string[]> {
    const to = { adresse: `${randomUUID()}@test.example` };
    const [left] = await api.db.asWorker((sql) =>
      enqueueMails(sql, [{ kind, evenement: randomUUID(), to, pasAvant: Date.now(), payload: { items: [] } }]),
    );
    const { linkSecret, publicUrl } = api.deps.settings;
    const house = { region: PAYS_DE_LA_LOIRE, from: undefined, publicUrl, linkSecret };
    const taken = {
      id: left?.id ?? '',
      cle: kind,
      kind,
      destinataire: to.adresse,
      adresse: to.adresse,
      langue: 'fr' as const,
      ficheId: null,
      essais: 1,
      createdAt: new Date(),
    };
    const { raw } = await composeMail(house, taken, SAMPLES[kind], Date.now());
    const { html, text } = await simpleParser(raw);
    const headers = raw.toString().replaceAll(/\r\n[ \t]+/g, ' ');
    const found = `${html} ${text} ${headers}`.matchAll(/https?:\/\/[^\s"'<>]+/g);
    return [...new Set([...found].map(([url]) => url))].filter((url) => url.startsWith(publicUrl));
  }

  it.each(MAIL_KINDS)('changes nothing by those of a mail of kind %s', async (kind) => {
    const links = await linksOf(kind);
    expect(links.length).toBeGreaterThan(kind === 'essai' ? -1 : 0);
    const before = await everything();
    for (const link of links) {
      const path = link.slice(api.deps.settings.publicUrl.length);
      for (const method of ['head', 'get'] as const) {
        const { status } = await request(api.url)[method](path).set('Sec-Purpose', 'prefetch');
        expect(status).toBeLessThan(500);
      }
    }
    expect(await everything()).toEqual(before);
  });
});
