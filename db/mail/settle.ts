import type { Sql } from '../connect.ts';
import { settleMail, type TakenMail } from './outbox.ts';
import { keepRetour } from './retours.ts';

/** Tries of a mail that a server puts off, before a moderator gets it as a task. */
const TRIES = 12;
const FIRST_WAIT_MS = 60_000;
const LONGEST_WAIT_MS = 4 * 3_600_000;

/** What became of a mail in hand; codes are the server's, never its words. */
export type Ended =
  | { readonly kind: 'sent'; readonly messageId: string }
  | { readonly kind: 'uncertain'; readonly messageId: string; readonly code: string }
  | { readonly kind: 'refused'; readonly permanent: boolean; readonly code: string }
  | { readonly kind: 'away'; readonly code: string }
  /** What it told is gone. */
  | { readonly kind: 'pointless' };

/** The pause before the next try: doubled each time, four hours at most. */
const waitMs = (essais: number) => Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.max(0, essais - 1));

/**
 * Keeps what became of a mail: what a server refuses for good becomes a moderator's task at once, what it puts off
 * after so many tries; what may or may not have left is never sent again by itself.
 */
export async function settleDelivery(sql: Sql, mail: TakenMail, ended: Ended, at: number): Promise<void> {
  const { id, essais, destinataire } = mail;
  if (ended.kind === 'sent') await settleMail(sql, id, { state: 'envoye', messageId: ended.messageId, at });
  else if (ended.kind === 'uncertain')
    await settleMail(sql, id, { state: 'incertain', messageId: ended.messageId, at, code: ended.code });
  else if (ended.kind === 'pointless') await settleMail(sql, id, { state: 'annule', code: 'sans-objet' });
  else if (ended.kind === 'away')
    await settleMail(sql, id, { state: 'attente', code: ended.code, pasAvant: at, counts: false });
  else if (!ended.permanent && essais < TRIES)
    await settleMail(sql, id, { state: 'attente', code: ended.code, pasAvant: at + waitMs(essais), counts: true });
  else {
    const kind = ended.permanent ? 'rejet' : 'epuise';
    await settleMail(sql, id, { state: 'abandonne', code: ended.code });
    await keepRetour(sql, { courrielId: id, destinataire, kind, code: ended.code, at });
  }
}
