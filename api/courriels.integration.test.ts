import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { enqueueMails } from '../db/mail/enqueue.ts';
import { type Person, startTestApi, type TestApi } from '../ops/test/api-server.ts';

describe('mail, over HTTP', () => {
  let api: TestApi;
  let admin: Person;
  let moderator: Person;
  let of: Person;
  beforeAll(async () => {
    api = await startTestApi();
    admin = await api.login('admin@demo.sofi');
    moderator = await api.login('moderatrice@demo.sofi');
    of = await api.login('of1@demo.sofi');
  });
  afterAll(() => api.stop());

  async function trial(): Promise<string> {
    const { status, body } = await admin.call('post', '/courriels/test');
    expect(status).toBe(202);
    return body.id;
  }
  const rowOf = async (id: string) =>
    (await admin.call('get', `/courriels?filter=${encodeURIComponent(JSON.stringify({ id }))}`)).body[0];
  const setState = (id: string, state: 'abandonne' | 'incertain' | 'envoye', messageId?: string) =>
    api.db.asWorker((sql) =>
      sql
        .updateTable('courriel')
        .set({ state, message_id: messageId ?? null, sent_at: new Date() })
        .where('id', '=', id)
        .execute(),
    );

  it('leaves a test mail to who asks, and lists it', async () => {
    const id = await trial();
    expect(await rowOf(id)).toMatchObject({ kind: 'essai', state: 'attente', a: { adresse: 'admin@demo.sofi' } });
    expect((await of.call('post', '/courriels/test')).status).toBe(403);
    expect((await of.call('get', '/courriels')).status).toBe(403);
  });

  it('shows a mail as its reader would get it, with links that lead nowhere', async () => {
    const { body } = await admin.call('get', `/courriels/${await trial()}/apercu`);
    expect(body).toMatchObject({ langue: 'fr', sujet: 'Essai d’envoi' });
    expect(body.html).toContain('<html');
    const sessions = { kind: 'fraicheur', evenement: 'x', to: { adresse: 'a@b.example' }, pasAvant: 0 } as const;
    const item = { session: randomUUID(), stage: 'rappel1' };
    const [left] = await api.db.asWorker((sql) => enqueueMails(sql, [{ ...sessions, payload: { items: [item] } }]));
    expect((await admin.call('get', `/courriels/${left?.id}/apercu`)).body.code).toBe('courriel-sans-objet');
    expect((await admin.call('get', `/courriels/${randomUUID()}/apercu`)).status).toBe(404);
  });

  it('sends again what was given up or may be lost, and nothing else', async () => {
    const id = await trial();
    expect((await moderator.call('post', `/courriels/${id}/renvoi`)).body.code).toBe('courriel-parti');
    await setState(id, 'incertain');
    expect((await moderator.call('post', `/courriels/${id}/renvoi`)).status).toBe(204);
    expect(await rowOf(id)).toMatchObject({ state: 'attente', essais: 0 });
    expect((await moderator.call('post', `/courriels/${randomUUID()}/renvoi`)).status).toBe(404);
  });

  it('makes a task of what the provider tells, which a moderator closes once', async () => {
    const id = await trial();
    await setState(id, 'envoye', '<m1@sofi.example>');
    const told = { messageId: '<m1@sofi.example>', kind: 'plainte', code: 'abuse' };
    expect((await admin.call('post', '/courriels/retours', told)).status).toBe(204);
    expect((await admin.call('post', '/courriels/retours', { ...told, messageId: '<no@sofi.example>' })).status).toBe(
      404,
    );
    const open = await moderator.call('get', `/courriels/retours?filter=${encodeURIComponent('{"open":true}')}`);
    expect(open.body).toMatchObject([{ kind: 'plainte', code: 'abuse', fois: 1, traite: false }]);
    const address = `/courriels/retours/${open.body[0].id}`;
    expect((await moderator.call('post', address, { renvoyer: false })).status).toBe(204);
    expect((await moderator.call('post', address, { renvoyer: false })).status).toBe(404);
  });

  it('takes the report itself: a bounce, a complaint, and nothing of what asks for nothing', async () => {
    const id = await trial();
    await setState(id, 'envoye', '<m2@sofi.example>');
    const send = async (body: string, type = 'message/rfc822', person = admin) =>
      (await person.call('post', '/courriels/retours', body, { 'Content-Type': type })).status;
    const report = (action: string, messageId: string) =>
      [
        'From: MAILER-DAEMON@mx.example',
        'Content-Type: multipart/report; report-type=delivery-status; boundary=p',
        '',
        '--p',
        'Content-Type: message/delivery-status',
        '',
        'Reporting-MTA: dns; mx.example',
        '',
        'Final-Recipient: rfc822; admin@demo.sofi',
        `Action: ${action}`,
        'Status: 5.1.1',
        '--p',
        'Content-Type: text/rfc822-headers',
        '',
        `Message-ID: ${messageId}`,
        '--p--',
        '',
      ].join('\r\n');
    const open = async () =>
      (await moderator.call('get', `/courriels/retours?filter=${encodeURIComponent('{"open":true}')}`)).body;
    expect(await send(report('delayed', '<m2@sofi.example>'))).toBe(204);
    expect(await open()).toEqual([]);
    expect(await send(report('failed', '<m2@sofi.example>'), 'message/rfc822', of)).toBe(403);
    expect(await send(report('failed', '<m2@sofi.example>'))).toBe(204);
    expect(await open()).toMatchObject([{ kind: 'rejet', code: '5.1.1', fois: 1 }]);
    const status = `Original-Envelope-Id: ${id}\r\n\r\nAction: failed\r\nStatus: 4.4.7\r\n`;
    expect(await send(status, 'message/delivery-status')).toBe(204);
    expect(await open()).toMatchObject([{ kind: 'epuise', code: '4.4.7', fois: 2 }]);
    expect(await send(report('failed', '<not-ours@sofi.example>'))).toBe(404);
    expect(await send('Subject: Absente\r\n\r\nDe retour lundi.')).toBe(422);
    expect(await send('<lheo/>', 'application/xml')).toBe(415);
  });

  it('lets administrators stop everything, and moderators see it', async () => {
    const settings = { arret: true, parHeure: 500, calme: { weekEnd: false, feries: true, dates: ['2026-12-24'] } };
    expect((await moderator.call('put', '/courriels/reglages', settings)).status).toBe(403);
    expect((await admin.call('put', '/courriels/reglages', settings)).body).toEqual(settings);
    expect((await moderator.call('get', '/courriels/reglages')).body).toEqual(settings);
    const bad = { ...settings, parHeure: 0 };
    expect((await admin.call('put', '/courriels/reglages', bad)).status).toBe(400);
  });

  it('lets everybody choose how they are told, within what has to reach them', async () => {
    const mine = await of.call('get', '/me/courriels');
    const kinds = mine.body.map(({ kind }: { kind: string }) => kind);
    expect(kinds).toContain('decision');
    expect(kinds).not.toContain('escalade');
    const preferences = [
      { kind: 'publie', mode: 'aucun' },
      { kind: 'decision', mode: 'aucun' },
    ];
    const { body } = await of.call('put', '/me/courriels', { preferences });
    const modes = Object.fromEntries(body.map(({ kind, mode }: { kind: string; mode: string }) => [kind, mode]));
    expect(modes).toMatchObject({ publie: 'aucun', decision: 'immediat' });
    const others = await moderator.call('get', '/me/courriels');
    expect(others.body.map(({ kind }: { kind: string }) => kind)).toEqual(['escalade']);
  });

  it('counts where mails stand', async () => {
    const { body } = await moderator.call('get', '/courriels/chiffres');
    expect(body.parEtat.attente).toBeGreaterThan(0);
  });
});
