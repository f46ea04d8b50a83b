import { createHash } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import { linkToken } from '../../db/mail/links.ts';
import type { TakenMail } from '../../db/mail/outbox.ts';
import { MAILS } from '../../domain/model/mail.ts';
import type { MailFacts } from '../../domain/model/mail-facts.ts';
import type { RegionSettings } from '../../domain/model/region.ts';
import { renderMail } from '../../mail/render.ts';
import type { SmtpEnvelope } from './smtp-door.ts';

/** From whom mails come and where their links lead. */
export interface MailHouse {
  readonly region: RegionSettings;
  /** Sender's address; default: the region's. */
  readonly from: string | undefined;
  readonly publicUrl: string;
  readonly linkSecret: string;
}

export interface ComposedMail {
  readonly envelope: SmtpEnvelope;
  readonly messageId: string;
  readonly raw: Buffer;
}

const senderOf = ({ from, region }: MailHouse) => from ?? region.cariforef.courriel;
const domainOf = (address: string) => address.split('@')[1] ?? 'localhost';

/** The same for the same event, or digest, and person, whoever composes it and when: a repeat is known by it. */
function messageIdOf(cle: string, address: string): string {
  return `<${createHash('sha256').update(cle).digest('hex').slice(0, 40)}@${domainOf(address)}>`;
}

const mayStop = (facts: MailFacts): boolean =>
  facts.kind === 'recapitulatif' ? facts.parties.some(mayStop) : MAILS[facts.kind].mayStop;
const mayChoose = (facts: MailFacts): boolean => facts.kind === 'recapitulatif' || MAILS[facts.kind].chosen;

/** RFC 2369 and, for what one click may stop, RFC 8058. */
function listHeaders(url: string | undefined, facts: MailFacts): Record<string, string> {
  if (url === undefined) return {};
  const oneClick = mayStop(facts) ? { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : {};
  return { 'List-Unsubscribe': `<${url}>`, ...oneClick };
}

/** One mail as bytes, ready for a server: HTML and text, in the thread of its fiche. */
export async function composeMail(
  house: MailHouse,
  mail: TakenMail,
  facts: MailFacts,
  now: number,
): Promise<ComposedMail> {
  const from = senderOf(house);
  const url = (kind: 'desabonnement' | 'fraicheur') =>
    `${house.publicUrl}/m/${linkToken(house.linkSecret, kind, mail.id)}`;
  const stopUrl = mayChoose(facts) ? url('desabonnement') : undefined;
  const { subject, html, text } = await renderMail(facts, {
    langue: mail.langue,
    region: house.region,
    now,
    publicUrl: house.publicUrl,
    ...(facts.kind === 'fraicheur' ? { actUrl: url('fraicheur') } : {}),
    ...(stopUrl === undefined ? {} : { stopUrl }),
  });
  const messageId = messageIdOf(mail.cle, from);
  const thread = mail.ficheId === null ? undefined : `<fiche-${mail.ficheId}@${domainOf(from)}>`;
  const raw = await new MailComposer({
    messageId,
    date: new Date(now),
    from: { name: house.region.cariforef.nom, address: from },
    replyTo: house.region.cariforef.courriel,
    to: mail.adresse,
    subject,
    text,
    html,
    ...(thread === undefined ? {} : { inReplyTo: thread, references: thread }),
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'Content-Language': mail.langue,
      ...listHeaders(stopUrl, facts),
    },
  })
    .compile()
    .build();
  return { envelope: { from, to: mail.adresse, id: mail.id }, messageId, raw };
}
