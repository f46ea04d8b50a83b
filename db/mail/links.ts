import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { MAIL_LINKS, type MailLink } from '../../domain/model/mail.ts';
import type { Sql } from '../connect.ts';

const ID_BYTES = 16;
const MARK_BYTES = 16;

const mark = (secret: string, said: Buffer) =>
  createHmac('sha256', secret).update('lien:').update(said).digest().subarray(0, MARK_BYTES);

/**
 * The token of a mail's link: which link, of which mail, signed. Its scope and its life are those of the mail's row, so
 * that a forwarded link does what the mail says and no more.
 */
export function linkToken(secret: string, kind: MailLink, courrielId: string): string {
  const said = Buffer.concat([
    Buffer.from([MAIL_LINKS.indexOf(kind)]),
    Buffer.from(courrielId.replaceAll('-', ''), 'hex'),
  ]);
  return Buffer.concat([said, mark(secret, said)]).toString('base64url');
}

/** In demo mode only, when none is given: what the API and the workers of one database share. */
export const demoLinkSecret = (databaseUrl: string): string =>
  createHash('sha256').update(`liens:${databaseUrl}`).digest('base64url');

/** What a token names, null when it was not made here. */
export function readLinkToken(secret: string, token: string): { readonly kind: MailLink; readonly id: string } | null {
  if (!/^[\w-]{44}$/.test(token)) return null;
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== 1 + ID_BYTES + MARK_BYTES || bytes.toString('base64url') !== token) return null;
  const said = bytes.subarray(0, 1 + ID_BYTES);
  if (!timingSafeEqual(bytes.subarray(1 + ID_BYTES), mark(secret, said))) return null;
  const kind = MAIL_LINKS[bytes[0] ?? -1];
  const hex = said.subarray(1).toString('hex');
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return kind === undefined ? null : { kind, id };
}

/** The mail that a link came with. */
export async function linkedMail(sql: Sql, id: string) {
  return sql
    .selectFrom('courriel')
    .select([
      'id',
      'kind',
      'destinataire',
      'user_id',
      'adresse',
      'langue',
      'organisme_id',
      'fiche_id',
      'soumission_id',
      'payload',
      'sent_at',
      'lien_expire_le',
    ])
    .where('id', '=', id)
    .executeTakeFirst();
}
export type LinkedMail = NonNullable<Awaited<ReturnType<typeof linkedMail>>>;
