import type { MailKind, MailState } from '../../domain/model/mail.ts';
import type { Sql } from '../connect.ts';
import { containing, readSlice, type Slice } from '../offre/page.ts';

export interface MailFilter {
  readonly id?: readonly string[] | undefined;
  readonly kind?: readonly MailKind[] | undefined;
  readonly state?: readonly MailState[] | undefined;
  readonly soumission?: readonly string[] | undefined;
  /** Words of the person's name or address. */
  readonly q?: string | undefined;
}
export const MAIL_SORTS = ['createdAt', 'pasAvant', 'sentAt', 'kind', 'state', 'id'] as const;
type MailSort = (typeof MAIL_SORTS)[number];

const COLUMNS = {
  createdAt: 'c.created_at',
  pasAvant: 'c.pas_avant',
  sentAt: 'c.sent_at',
  kind: 'c.kind',
  state: 'c.state',
  id: 'c.id',
} as const satisfies Record<MailSort, string>;

function matching(sql: Sql, { id, kind, state, soumission, q }: MailFilter) {
  let query = sql
    .selectFrom('courriel as c')
    .leftJoin('user_account as u', 'u.id', 'c.user_id')
    .leftJoin('soumission as s', 's.id', 'c.soumission_id');
  if (id !== undefined) query = query.where('c.id', 'in', id);
  if (kind !== undefined) query = query.where('c.kind', 'in', kind);
  if (state !== undefined) query = query.where('c.state', 'in', state);
  if (soumission !== undefined) query = query.where('c.soumission_id', 'in', soumission);
  if (q !== undefined && q !== '') {
    const found = containing(q);
    query = query.where((is) =>
      is.or([is('u.nom', 'ilike', found), is('u.email', 'ilike', found), is('c.adresse', 'ilike', found)]),
    );
  }
  return query;
}

/** A slice of the mails with whom they are for, and their exact count. */
export function readMails(sql: Sql, asked: Slice<MailFilter, MailSort>) {
  const all = matching(sql, asked.filter);
  const rows = all.select([
    'c.id',
    'c.kind',
    'c.mode',
    'c.state',
    'c.user_id',
    'c.adresse',
    'c.langue',
    'c.soumission_id',
    'c.created_at',
    'c.pas_avant',
    'c.sent_at',
    'c.essais',
    'c.reprises',
    'c.code',
    'u.nom',
    'u.email',
    's.titre',
  ]);
  return readSlice({ rows, all, columns: COLUMNS }, asked);
}

/** How many mails stand where, and how many left within the last hour. */
export async function mailFigures(sql: Sql, at: number) {
  const rows = await sql
    .selectFrom('courriel')
    .select((eb) => ['state' as const, eb.fn.countAll<string>().as('n')])
    .groupBy('state')
    .execute();
  const hour = await sql
    .selectFrom('courriel')
    .select((eb) => eb.fn.countAll<string>().as('n'))
    .where('sent_at', '>', new Date(at - 3_600_000))
    .executeTakeFirstOrThrow();
  return { parEtat: Object.fromEntries(rows.map(({ state, n }) => [state, Number(n)])), derniereHeure: Number(hour.n) };
}

/** Addresses that refuse mail; those not dealt with first, newest first. */
export async function readRetours(
  sql: Sql,
  { open, from, limit }: { readonly open: boolean | undefined; readonly from: number; readonly limit: number },
) {
  let query = sql
    .selectFrom('courriel_retour as r')
    .leftJoin('courriel as c', 'c.id', 'r.courriel_id')
    .leftJoin('user_account as u', 'u.id', 'c.user_id');
  if (open !== undefined) query = query.where('r.traite_le', open ? 'is' : 'is not', null);
  const rows = await query
    .select(['r.id', 'r.kind', 'r.code', 'r.fois', 'r.at', 'r.traite_le', 'c.user_id', 'c.adresse', 'u.nom', 'u.email'])
    .orderBy('r.at', 'desc')
    .orderBy('r.id')
    .offset(from)
    .limit(limit)
    .execute();
  const { n } = await query.select((eb) => eb.fn.countAll<string>().as('n')).executeTakeFirstOrThrow();
  return { rows, total: Number(n) };
}

/** Puts a mail that was given up, cancelled by its address, or of unknown fate back into the outbox; false for others. */
export async function sendAgain(sql: Sql, id: string, at: number): Promise<boolean> {
  const row = await sql
    .updateTable('courriel')
    .set({ state: 'attente', essais: 0, code: null, pas_avant: new Date(at) })
    .where('id', '=', id)
    .where('state', 'in', ['abandonne', 'incertain'])
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}
