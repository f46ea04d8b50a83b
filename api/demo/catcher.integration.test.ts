import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import request from 'supertest';
import { freePort } from '../../ops/services/ports.ts';
import { startTestApi, type TestApi } from '../../ops/test/api-server.ts';
import { SmtpDoor } from '../../workers/mail/smtp-door.ts';
import { startCatcher } from './catcher.ts';

const MAIL = `From: a@b.example\r\nTo: c@d.example\r\nSubject: =?utf-8?q?=C3=80_corriger?= <b>\r\nMessage-ID: <1@b.example>\r
Content-Type: text/html; charset=utf-8\r\n\r\n<html><head></head><body><script>alert(1)</script><p>Bonjour</p></body></html>\r\n`;

describe('the demo’s own mail server', () => {
  let api: TestApi;
  let stop: () => Promise<void>;
  let door: SmtpDoor;
  beforeAll(async () => {
    api = await startTestApi();
    const port = await freePort();
    stop = await startCatcher(api.db, port, pino({ level: 'silent' }));
    door = new SmtpDoor(`smtp://127.0.0.1:${port}`);
  });
  afterAll(async () => {
    door.close();
    await stop();
    await api.stop();
  });

  it('shows what it was given, and lets none of it run', async () => {
    const empty = await request(api.url).get('/demo/courriels');
    expect(empty.text).toContain('<h1>');
    const sent = await door.deliver({ from: 'a@b.example', to: 'c@d.example', id: 'mail-1' }, Buffer.from(MAIL));
    expect(sent).toEqual({ kind: 'sent' });
    const list = await request(api.url).get('/demo/courriels').set('Accept-Language', 'fr');
    expect(list.text).toContain('À corriger &lt;b&gt;');
    const address = /\/demo\/courriels\/[\w-]{36}/.exec(list.text)?.[0] ?? '';
    const page = await request(api.url).get(address);
    expect(page.text).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"');
    expect(page.text).not.toContain('<script>');
    expect(page.headers['content-security-policy']).toContain("script-src 'self'");
  });

  it('knows no mail by another id', async () => {
    for (const id of ['x', '00000000-0000-4000-8000-000000000000']) {
      expect((await request(api.url).get(`/demo/courriels/${id}`)).status).toBe(404);
    }
  });
});
