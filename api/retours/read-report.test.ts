import { describe, expect, it } from '@jest/globals';
import { readReport } from './read-report.ts';

const OURS = '<0123456789abcdef0123456789abcdef01234567@cariforef.example>';
const RETURNED = [
  'From: SOFI <offre@cariforef.example>',
  `Message-ID: ${OURS}`,
  'Subject: =?utf-8?q?=C3=80_corriger?=',
];
const FAILED = [
  'Reporting-MTA: dns; mx.relais.example',
  'Original-Envelope-Id: 0197c2a4-1111-7222-8333-444455556666',
  '',
  'Final-Recipient: rfc822; parti@of.example',
  'Action: failed',
  'Status: 5.1.1',
  'Diagnostic-Code: smtp;',
  '  550 5.1.1 <parti@of.example>: no such user',
];

const report = (type: string, parts: readonly (readonly [string, readonly string[]])[], more: string[] = []) =>
  Buffer.from(
    [
      'From: MAILER-DAEMON@mx.relais.example',
      'To: offre@cariforef.example',
      ...more,
      'MIME-Version: 1.0',
      `Content-Type: multipart/report; report-type=${type}; boundary="part"`,
      '',
      ...parts.flatMap(([contentType, lines]) => ['--part', `Content-Type: ${contentType}`, '', ...lines]),
      '--part--',
      '',
    ].join('\r\n'),
  );
const dsn = (status: readonly string[], returned: readonly (readonly [string, readonly string[]])[]) =>
  report('delivery-status', [['text/plain', ['Sorry.']], ['message/delivery-status', status], ...returned]);
const arf = (type: string) =>
  report('feedback-report', [
    ['text/plain', ['A complaint.']],
    ['message/feedback-report', [`Feedback-Type: ${type}`, 'User-Agent: Fbl/1.0', 'Version: 1']],
    ['message/rfc822', [...RETURNED, '', 'Bonjour']],
  ]);
const statusOf = (action: string, status: string) => [
  'Reporting-MTA: dns; mx.relais.example',
  '',
  'Final-Recipient: rfc822; a@of.example',
  `Action: ${action}`,
  `Status: ${status}`,
];
const envelopeId = '0197c2a4-1111-7222-8333-444455556666';

describe('a report on a mail', () => {
  it.each([
    ['with the mail itself', [['message/rfc822', [...RETURNED, '', 'Bonjour']]]],
    ['with its header alone', [['text/rfc822-headers', RETURNED]]],
  ] as const)('that came back %s names it, and the code without the words', async (_, returned) => {
    expect(await readReport(dsn(FAILED, returned), 'message/rfc822')).toEqual({
      messageId: OURS,
      envelopeId,
      kind: 'rejet',
      code: '550 5.1.1',
    });
  });

  it('is read without its own header too, as the request’s media type says', async () => {
    const [, body = ''] = dsn(FAILED, [['text/rfc822-headers', RETURNED]])
      .toString()
      .split('"part"\r\n\r\n');
    const type = 'multipart/report; report-type=delivery-status; boundary="part"';
    expect(await readReport(Buffer.from(body), type)).toMatchObject({ messageId: OURS, kind: 'rejet' });
  });

  it('that is the status alone is known by the id that the mail left with', async () => {
    const read = await readReport(Buffer.from(FAILED.join('\r\n')), 'message/delivery-status');
    expect(read).toEqual({ messageId: null, envelopeId, kind: 'rejet', code: '550 5.1.1' });
  });

  it('that gives up after delays is no refusal of the address', async () => {
    const read = await readReport(
      dsn(statusOf('failed', '4.4.7'), [['text/rfc822-headers', RETURNED]]),
      'message/rfc822',
    );
    expect(read).toMatchObject({ kind: 'epuise', code: '4.4.7' });
  });

  it('without the mail is known by what it answers', async () => {
    const parts = [['message/delivery-status', FAILED]] as const;
    const read = await readReport(report('delivery-status', parts, [`In-Reply-To: ${OURS}`]), 'message/rfc822');
    expect(read).toMatchObject({ messageId: OURS });
  });

  it.each(['abuse', 'fraud', 'opt-out'])('of kind %s is a complaint', async (type) => {
    expect(await readReport(arf(type), 'message/rfc822')).toEqual({
      messageId: OURS,
      envelopeId: null,
      kind: 'plainte',
      code: type,
    });
  });

  it.each([
    ['a delay', dsn(statusOf('delayed', '4.4.1'), [])],
    ['a receipt', dsn(statusOf('delivered', '2.0.0'), [])],
    ['“not spam”', arf('not-spam')],
  ])('of %s asks for nothing', async (_, mail) => {
    expect(await readReport(mail, 'message/rfc822')).toBeNull();
  });

  it.each([
    ['an answer of absence', 'From: a@of.example\r\nSubject: Absente\r\n\r\nDe retour lundi.'],
    ['a status without an action', dsn(['Reporting-MTA: dns; x'], []).toString()],
    ['nothing', ''],
  ])('is not found in %s', async (_, mail) => {
    await expect(readReport(Buffer.from(mail), 'message/rfc822')).rejects.toMatchObject({ code: 'rapport-illisible' });
  });
});
