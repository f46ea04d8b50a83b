import { sql as raw } from 'kysely';
import { MAIL_KINDS, MAILS } from '../../domain/model/mail.ts';
import type { Sql } from '../connect.ts';

const HOUR_MS = 3_600_000;
const CALM = MAIL_KINDS.filter((kind) => MAILS[kind].calm);

/** What the sender needs of a mail that it takes in hand. */
export interface TakenMail {
  readonly id: string;
  readonly cle: string;
  readonly kind: (typeof MAIL_KINDS)[number];
  readonly destinataire: string;
  readonly adresse: string;
  readonly langue: 'fr' | 'en';
  readonly ficheId: string | null;
  readonly essais: number;
  /** When it was left. */
  readonly createdAt: Date;
}

const dueAt = (at: number, quiet: boolean) => raw<boolean>`state = 'attente' and pas_avant <= ${new Date(at)}
  and not (${quiet} and kind = any (${CALM}))`;

/** The next mails that may leave, oldest first. */
export async function dueMails(
  sql: Sql,
  { at, quiet, limit }: { readonly at: number; readonly quiet: boolean; readonly limit: number },
): Promise<string[]> {
  const rows = await sql
    .selectFrom('courriel')
    .select('id')
    .where(dueAt(at, quiet))
    .orderBy('pas_avant')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** Mails sent within the last hour, for the cap; one of which nobody knows counts. */
export async function sentLastHour(sql: Sql, at: number): Promise<number> {
  const row = await sql
    .selectFrom('courriel')
    .select((eb) => eb.fn.countAll<string>().as('n'))
    .where('sent_at', '>', new Date(at - HOUR_MS))
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

/**
 * What a sender that died had in hand waits again: each may have left already, and is counted. There is one sender at a
 * time; `run` is its own mark.
 */
export async function takeUpLeft(sql: Sql, run: string): Promise<number> {
  const rows = await sql
    .updateTable('courriel')
    .set((eb) => ({ state: 'attente', pris_par: null, reprises: eb('reprises', '+', 1) }))
    .where('state', '=', 'enCours')
    .where('pris_par', '!=', run)
    .returning('id')
    .execute();
  return rows.length;
}

/** Takes one mail in hand; null when it was cancelled or taken meanwhile, or its address refuses mail. */
export async function takeMail(sql: Sql, id: string, run: string): Promise<TakenMail | null> {
  const row = await sql
    .updateTable('courriel')
    .set((eb) => ({ state: 'enCours', pris_par: run, essais: eb('essais', '+', 1) }))
    .where('id', '=', id)
    .where('state', '=', 'attente')
    .returning(['cle', 'kind', 'destinataire', 'user_id', 'adresse', 'langue', 'fiche_id', 'essais', 'created_at'])
    .executeTakeFirst();
  if (row === undefined) return null;
  const account =
    row.user_id === null
      ? undefined
      : await sql
          .selectFrom('user_account')
          .select(['email', 'actif', 'langue'])
          .where('id', '=', row.user_id)
          .executeTakeFirst();
  const adresse = row.user_id === null ? row.adresse : account?.actif === true ? account.email : null;
  if (adresse === null) return settleMail(sql, id, { state: 'annule', code: 'compte-ferme' });
  if (await isRefusing(sql, row.destinataire))
    return settleMail(sql, id, { state: 'abandonne', code: 'adresse-en-retour' });
  const langue = (account?.langue ?? row.langue) === 'en' ? 'en' : 'fr';
  return {
    id,
    cle: row.cle,
    kind: row.kind,
    destinataire: row.destinataire,
    adresse,
    langue,
    ficheId: row.fiche_id,
    essais: row.essais,
    createdAt: row.created_at,
  };
}

async function isRefusing(sql: Sql, destinataire: string): Promise<boolean> {
  const row = await sql
    .selectFrom('courriel_retour')
    .select('id')
    .where('destinataire', '=', destinataire)
    .where('traite_le', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

export type Settled =
  | { readonly state: 'envoye' | 'incertain'; readonly messageId: string; readonly at: number; readonly code?: string }
  | { readonly state: 'annule' | 'abandonne'; readonly code: string }
  /** Tried again later; an attempt that reached no server does not count. */
  | { readonly state: 'attente'; readonly code: string; readonly pasAvant: number; readonly counts: boolean };

/** What became of a mail in hand. */
export async function settleMail(sql: Sql, id: string, settled: Settled): Promise<null> {
  const sent = 'messageId' in settled ? { message_id: settled.messageId, sent_at: new Date(settled.at) } : {};
  const later = settled.state === 'attente' ? { pas_avant: new Date(settled.pasAvant) } : {};
  await sql
    .updateTable('courriel')
    .set((eb) => ({
      state: settled.state,
      pris_par: null,
      code: settled.code ?? null,
      ...sent,
      ...later,
      ...(settled.state === 'attente' && !settled.counts ? { essais: eb('essais', '-', 1) } : {}),
    }))
    .where('id', '=', id)
    .where('state', '=', 'enCours')
    .execute();
  return null;
}

/** Whether something may leave now: what wakes the sender. */
export async function mailsWait(sql: Sql, at: number, quiet: boolean): Promise<boolean> {
  const { rows } = await raw<{ waits: boolean }>`
    select exists (select from courriel where ${dueAt(at, quiet)}) or exists (select from courriel where state = 'enCours')
      as waits`.execute(sql);
  return rows[0]?.waits ?? false;
}
