import { type ParsedMail, simpleParser } from 'mailparser';
import { SofiError } from '../../domain/model/errors.ts';
import type { RetourKind } from '../../domain/model/mail.ts';
import { type Fields, fieldGroups, fieldsOf } from './fields.ts';

/** Which of our mails a report is about: its Message-ID, or the id that it left with (RFC 3461, `ENVID`). */
interface Reported {
  readonly messageId: string | null;
  readonly envelopeId: string | null;
}

/** What a report tells; null when it asks for nothing: a delay, a receipt, *not spam*. */
export type Report = (Reported & { readonly kind: RetourKind; readonly code: string }) | null;

const STATUS = 'message/delivery-status';
const COMPLAINT = 'message/feedback-report';
/** The mail that came back, whole or its header alone. */
const RETURNED = /^(message\/(rfc822|global|rfc822-headers|global-headers)|text\/rfc822-headers)$/;
/** Media types that are a whole mail with its header; of the others the request's own type is the header. */
const WHOLE = /^message\/(rfc822|global)\b/i;
const COMPLAINTS = new Set(['abuse', 'fraud', 'virus', 'opt-out', 'opt-out-list', 'other']);

const PARSING = {
  keepDeliveryStatus: true,
  ignoreEmbedded: true,
  skipHtmlToText: true,
  skipTextToHtml: true,
  skipImageLinks: true,
  skipTextLinks: true,
} as const;

async function parsed(mail: Buffer, mediaType: string): Promise<ParsedMail> {
  const head = WHOLE.test(mediaType) ? '' : `MIME-Version: 1.0\r\nContent-Type: ${mediaType}\r\n\r\n`;
  try {
    return await simpleParser(Buffer.concat([Buffer.from(head), mail]), PARSING);
  } catch {
    throw unreadable();
  }
}

const unreadable = () => new SofiError('rapport-illisible', 'Cannot find a report on a mail in what was sent');

function partOf({ attachments }: ParsedMail, isIt: (type: string) => boolean): string | undefined {
  return attachments.find(({ contentType }) => isIt(contentType.toLowerCase()))?.content.toString('utf8');
}

const MESSAGE_ID = /<[^<>\s]{3,190}>/;

function messageIdOf(mail: ParsedMail): string | null {
  const returned = partOf(mail, (type) => RETURNED.test(type))?.split(/\r?\n\r?\n/)[0];
  const own = returned === undefined ? undefined : fieldsOf(returned).get('message-id');
  return MESSAGE_ID.exec(own ?? mail.inReplyTo ?? '')?.[0] ?? null;
}

/** The server's code and enhanced status, `550 5.1.1`; never its words. */
function codeOf(fields: Fields): string {
  const status = /\d\.\d{1,3}\.\d{1,3}/.exec(fields.get('status') ?? '')?.[0];
  const reply = /^smtp\s*;\s*(\d{3})\b/i.exec(fields.get('diagnostic-code') ?? '')?.[1];
  return [reply, status].filter((part) => part !== undefined).join(' ') || 'failed';
}

function bounce(status: string, about: Reported): Report {
  const groups = fieldGroups(status);
  const actions = groups.map((fields) => fields.get('action')?.toLowerCase());
  if (actions.every((action) => action === undefined)) throw unreadable();
  const failed = groups[actions.indexOf('failed')];
  if (failed === undefined) return null;
  const code = codeOf(failed);
  return { ...about, kind: /\b4\.\d/.test(code) ? 'epuise' : 'rejet', code };
}

function complaint(feedback: string, about: Reported): Report {
  const type = fieldsOf(feedback).get('feedback-type')?.toLowerCase();
  if (type === undefined) throw unreadable();
  return COMPLAINTS.has(type) ? { ...about, kind: 'plainte', code: type } : null;
}

/**
 * Reads a delivery status notification (RFC 3464) or a complaint (RFC 5965), whole or as its media type says. Refuses
 * `rapport-illisible` for anything else.
 */
export async function readReport(mail: Buffer, mediaType: string): Promise<Report> {
  const read = await parsed(mail, mediaType);
  const status = partOf(read, (type) => type === STATUS);
  const feedback = partOf(read, (type) => type === COMPLAINT);
  const envelopeId = status === undefined ? null : (fieldsOf(status).get('original-envelope-id') ?? null);
  const about = { messageId: messageIdOf(read), envelopeId };
  if (feedback !== undefined) return complaint(feedback, about);
  if (status !== undefined) return bounce(status, about);
  throw unreadable();
}
