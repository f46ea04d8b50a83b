import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MockActivityEnvironment } from '@temporalio/testing';
import { simpleParser } from 'mailparser';
import { pino } from 'pino';
import { enqueueMails, type NewMail } from '../../db/mail/enqueue.ts';
import { closeRetour } from '../../db/mail/retours.ts';
import { writeMailSettings } from '../../db/mail/settings.ts';
import { actorOf, REGION, Stage } from '../../db/moderation/stage.ts';
import { keepDecision } from '../../db/moderation/words.ts';
import { DEFAULT_MAIL_SETTINGS, type MailSettings } from '../../domain/model/mail-settings.ts';
import { createTestDatabase, type TestDatabase } from '../../ops/test/database.ts';
import { type Sink, type SinkManners, startSink } from '../../ops/test/smtp-sink.ts';
import type { MailPage } from '../../workflows/mail.ports.ts';
import { readWorkerSettings } from '../settings.ts';
import { mailActivities } from './mail.ts';

/** A silent server is given up soon; everything else has time. */
const LIMITS = { connectMs: 10_000, answerMs: 1_000, mailMs: 20_000 };

let test: TestDatabase;
let stage: Stage;
let sink: Sink;
const logged: Record<string, unknown>[] = [];
const log = pino({ level: 'warn' }, { write: (line) => void logged.push(JSON.parse(line)) });

beforeAll(async () => {
  test = await createTestDatabase();
  stage = await Stage.open(test.url);
});
beforeEach(async () => {
  sink = await startSink();
  logged.length = 0;
});
afterEach(async () => {
  await sink.stop();
  await stage.db.asWorker(async (sql) => {
    await sql.deleteFrom('courriel').execute();
    await sql.deleteFrom('courriel_retour').execute();
    await sql.deleteFrom('reglage').where('cle', '=', 'courriel').execute();
  });
});
afterAll(async () => {
  await stage?.close();
  await test?.drop();
});

function sendPage(smtpUrl = sink.url): Promise<MailPage> {
  const settings = readWorkerSettings({ DATABASE_URL: test.url, SMTP_URL: smtpUrl, SOFI_DEMO: '1' });
  const { sendMailPage } = mailActivities({ db: stage.db, settings, region: REGION, log, limits: LIMITS });
  return new MockActivityEnvironment({ activityId: randomUUID() }).run(sendMailPage);
}

const leave = (...mails: NewMail[]) => stage.db.asWorker((sql) => enqueueMails(sql, mails));
const trial = (userId: string, more: Partial<NewMail> = {}): NewMail => ({
  kind: 'essai',
  evenement: randomUUID(),
  to: { userId },
  pasAvant: Date.now() - 1_000,
  ...more,
});
const rows = () => stage.db.asWorker((sql) => sql.selectFrom('courriel').selectAll().orderBy('id').execute());
const states = async () => (await rows()).map(({ state }) => state);
const tasks = () => stage.db.asWorker((sql) => sql.selectFrom('courriel_retour').selectAll().execute());
const set = (settings: Partial<MailSettings>) =>
  stage.db.asWorker((sql) =>
    writeMailSettings(sql, { settings: { ...DEFAULT_MAIL_SETTINGS, ...settings }, userId: randomUUID() }),
  );
/** All that wait may leave now, as if their pause were over. */
const comeDue = () =>
  stage.db.asWorker((sql) =>
    sql
      .updateTable('courriel')
      .set({ pas_avant: new Date(0) })
      .execute(),
  );

async function someMails(count: number): Promise<void> {
  for (let n = 0; n < count; n++) await leave(trial((await stage.person('moderateur')).userId));
}

/** An organisme in the offer, and nothing left to tell about how it came there. */
async function anOrganisme() {
  const made = await stage.organisme();
  await stage.db.asWorker((sql) => sql.deleteFrom('courriel').execute());
  return made;
}

describe('the sender of mails', () => {
  it('sends what is due, once, and leaves what is not', async () => {
    await someMails(3);
    const later = await stage.person('moderateur');
    await leave(trial(later.userId, { pasAvant: Date.now() + 3_600_000 }));
    expect(await sendPage()).toEqual({ sent: 3, more: true, away: false });
    expect(await sendPage()).toEqual({ sent: 0, more: false, away: false });
    expect(sink.received).toHaveLength(3);
    expect(await states()).toEqual(['envoye', 'envoye', 'envoye', 'attente']);
  });

  it('writes mails that say who sends them, in which thread, and how to stop them', async () => {
    const { id, of } = await anOrganisme();
    const formation = stage.formation(id);
    const soumissionId = await stage.deposit(of, formation);
    const told = { soumissionId, ficheId: formation.id, organismeId: id };
    await leave(trial(of.userId, { kind: 'rappel', payload: { day: 15 }, ...told }));
    await sendPage();
    const [mail] = sink.received;
    const parsed = await simpleParser(mail?.source ?? '');
    expect(parsed.messageId).toMatch(/^<[0-9a-f]{40}@cariforef\.example>$/);
    expect(parsed.references).toBe(`<fiche-${formation.id}@cariforef.example>`);
    expect(parsed.inReplyTo).toBe(parsed.references);
    expect(mail?.source).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/im);
    expect(mail?.source).toMatch(/^Auto-Submitted: auto-generated\r$/im);
    expect(parsed.html).toContain('/of/saisie/');
    expect(parsed.text).toContain('15 jours');
  });

  it('names the fields to correct in the language of who reads, each with its action and session', async () => {
    const { id, of } = await anOrganisme();
    await stage.db.asWorker((sql) =>
      sql.updateTable('user_account').set({ langue: 'en' }).where('id', '=', of.userId).execute(),
    );
    const formation = stage.formation(id, { sessions: 2 });
    const [action] = formation.actions;
    const path = `/actions/${action?.id}/sessions/${action?.sessions[1]?.id}/champs/periode/debut`;
    const soumission = await stage.deposit(of, formation);
    const { version } = await stage.check(soumission);
    const champs = [{ path, reason: 'incoherent', comment: 'Le début suit la fin.' }] as const;
    const decision = await stage.db.asWorker((sql) =>
      keepDecision(sql, { soumissionId: soumission, decision: { kind: 'requestChanges', version, champs } }),
    );
    await stage.apply(soumission, { kind: 'decide', by: actorOf(await stage.person('moderateur')), decision });
    await comeDue();
    await sendPage();
    const mails = await Promise.all(sink.received.map(({ source }) => simpleParser(source)));
    expect(mails.map(({ text }) => text).join()).toContain('Action 1 › Session 2 › Period › Start');
  });

  it('asks a server that reports failures to name the mail in them, without its content', async () => {
    sink.manners = { extensions: ['DSN'] };
    await someMails(1);
    await sendPage();
    const [{ id } = { id: '' }] = await rows();
    const [sender, recipient] = sink.received[0]?.commands ?? [];
    expect(sender).toContain(`RET=HDRS ENVID=${id}`);
    expect(recipient).toMatch(/NOTIFY=FAILURE$/);
  });

  it('gives a mail that is composed again the same Message-ID', async () => {
    await someMails(1);
    await sendPage();
    await stage.db.asWorker((sql) => sql.updateTable('courriel').set({ state: 'attente' }).execute());
    await sendPage();
    const [first, second] = sink.received;
    expect(first?.messageId).not.toBe('');
    expect(second?.messageId).toBe(first?.messageId);
  });

  it('keeps everything while the server is down, and sends it afterwards without counting a try', async () => {
    await someMails(2);
    const gone = await startSink();
    await gone.stop();
    expect(await sendPage(gone.url)).toMatchObject({ sent: 0, away: true });
    expect((await rows()).map(({ state, essais }) => [state, essais])).toEqual([
      ['attente', 0],
      ['attente', 0],
    ]);
    expect(await sendPage()).toMatchObject({ sent: 2 });
  });

  it.each<[string, SinkManners]>([
    ['greets with 421', { greet: () => ({ reply: '421 busy' }) }],
    ['closes at the greeting', { greet: () => 'close' }],
    ['says nothing at all', { greet: () => 'silent' }],
    ['refuses with 421 in the talk', { rcpt: () => ({ reply: '421 4.7.0 too many' }) }],
  ])('waits for a server that %s', async (_, manners) => {
    sink.manners = manners;
    await someMails(1);
    const quick = { ...LIMITS, connectMs: 1_000 };
    const settings = readWorkerSettings({ DATABASE_URL: test.url, SMTP_URL: sink.url, SOFI_DEMO: '1' });
    const { sendMailPage } = mailActivities({ db: stage.db, settings, region: REGION, log, limits: quick });
    expect(await new MockActivityEnvironment().run(sendMailPage)).toMatchObject({ sent: 0, away: true });
    expect(await states()).toEqual(['attente']);
    expect(await tasks()).toEqual([]);
  });

  it('tries later what a server puts off, and sends the others meanwhile', async () => {
    await someMails(2);
    const [first] = await rows();
    const refused = first?.destinataire ?? '';
    const { email } = await stage.db.asWorker((sql) =>
      sql.selectFrom('user_account').select('email').where('id', '=', refused).executeTakeFirstOrThrow(),
    );
    sink.manners = { rcpt: (to) => (to === email ? { reply: '451 4.7.1 greylisted' } : 'accept') };
    expect(await sendPage()).toMatchObject({ sent: 1, away: false });
    const [row] = await rows();
    expect(row).toMatchObject({ state: 'attente', essais: 1, code: '451 4.7.1' });
    expect(row?.pas_avant.getTime()).toBeGreaterThan(Date.now());
    sink.manners = {};
    await comeDue();
    expect(await sendPage()).toMatchObject({ sent: 1 });
  });

  it('gives up what a server puts off for ever, as a task for a moderator', async () => {
    sink.manners = { data: () => ({ reply: '452 4.2.2 mailbox full' }) };
    await someMails(1);
    for (let n = 0; n < 12; n++) {
      await comeDue();
      await sendPage();
    }
    expect(await rows()).toMatchObject([{ state: 'abandonne', essais: 12, code: '452 4.2.2' }]);
    expect(await tasks()).toMatchObject([{ kind: 'epuise', code: '452 4.2.2', fois: 1 }]);
  });

  it('makes a task of an address that is refused for good, and sends nothing there until it is dealt with', async () => {
    sink.manners = { rcpt: () => ({ reply: '550 5.1.1 no such user' }) };
    const { userId } = await stage.person('moderateur');
    await leave(trial(userId));
    await sendPage();
    await leave(trial(userId));
    sink.manners = {};
    await sendPage();
    expect((await rows()).map(({ state, code }) => [state, code])).toEqual([
      ['abandonne', '550 5.1.1'],
      ['abandonne', 'adresse-en-retour'],
    ]);
    const [task] = await tasks();
    expect(task).toMatchObject({ kind: 'rejet', destinataire: userId });
    const closing = { id: task?.id ?? '', userId: randomUUID(), again: true, at: Date.now() };
    expect(await stage.db.asWorker((sql) => closeRetour(sql, closing))).toBe(true);
    expect(await sendPage()).toMatchObject({ sent: 2 });
  });

  it('never sends again by itself what a server may have taken, and says so in its log', async () => {
    sink.manners = { data: () => 'close', keepsUnanswered: true };
    await someMails(1);
    await sendPage();
    expect(await rows()).toMatchObject([{ state: 'incertain' }]);
    expect(logged.map(({ msg }) => msg)).toContain('mail sent or not: the server closed after the content');
    sink.manners = {};
    await comeDue();
    expect(await sendPage()).toMatchObject({ sent: 0 });
    expect(sink.received).toHaveLength(1);
  });

  it('holds the same of a server that falls silent after the content', async () => {
    sink.manners = { data: () => 'silent' };
    await someMails(1);
    await sendPage();
    expect(await rows()).toMatchObject([{ state: 'incertain', code: 'ETIMEDOUT' }]);
  });

  it('sends nothing while everything is stopped', async () => {
    await set({ arret: true });
    await someMails(1);
    expect(await sendPage()).toMatchObject({ sent: 0, more: false });
    expect(sink.received).toEqual([]);
  });

  it('sends no more in an hour than its cap', async () => {
    await set({ parHeure: 3 });
    await someMails(5);
    await sendPage();
    expect(await sendPage()).toMatchObject({ sent: 0, more: false });
    expect(sink.received).toHaveLength(3);
  });

  it('takes up what a sender left when it died, and counts it', async () => {
    await someMails(2);
    await stage.db.asWorker((sql) =>
      sql.updateTable('courriel').set({ state: 'enCours', pris_par: 'one that died' }).execute(),
    );
    expect(await sendPage()).toMatchObject({ sent: 2 });
    expect((await rows()).map(({ reprises }) => reprises)).toEqual([1, 1]);
  });

  it('tells a person many things at once in one mail', async () => {
    const { id, of } = await anOrganisme();
    for (let n = 0; n < 5; n++) {
      const formation = stage.formation(id);
      const soumissionId = await stage.deposit(of, formation);
      const place = { soumissionId, ficheId: formation.id, organismeId: id };
      await leave(trial(of.userId, { kind: 'annulation', ...place }));
    }
    expect(await sendPage()).toMatchObject({ sent: 1 });
    expect(sink.received).toHaveLength(1);
    expect((await states()).sort()).toEqual(['envoye', 'groupe', 'groupe', 'groupe', 'groupe', 'groupe']);
  });

  it('sends nothing about what is gone, nor to an account closed since', async () => {
    const { of } = await anOrganisme();
    const gone = await stage.person('moderateur');
    await leave(
      trial(of.userId, { kind: 'fraicheur', payload: { items: [{ session: randomUUID(), stage: 'rappel1' }] } }),
      trial(gone.userId),
    );
    await stage.db.asWorker((sql) =>
      sql.updateTable('user_account').set({ actif: false }).where('id', '=', gone.userId).execute(),
    );
    await sendPage();
    expect(sink.received).toEqual([]);
    expect((await rows()).map(({ state, code }) => [state, code])).toEqual([
      ['annule', 'sans-objet'],
      ['annule', 'compte-ferme'],
    ]);
  });
});
