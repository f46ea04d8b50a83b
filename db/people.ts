import { sql as raw } from 'kysely';
import type { Role } from '../domain/model/vocabulary.ts';
import type { Sql } from './connect.ts';
import { containing, readSlice, type Slice } from './offre/page.ts';

export interface PersonFilter {
  readonly id?: readonly string[] | undefined;
  readonly q?: string | undefined;
  readonly role?: readonly Role[] | undefined;
  readonly actif?: boolean | undefined;
}
export const PERSON_SORTS = ['nom', 'email', 'role', 'createdAt', 'id'] as const;
type PersonSort = (typeof PERSON_SORTS)[number];

const SORT_COLUMNS = {
  nom: 'nom',
  email: 'email',
  role: 'role',
  createdAt: 'created_at',
  id: 'id',
} as const satisfies Record<PersonSort, string>;

export interface PersonInput {
  readonly email: string;
  readonly nom: string;
  readonly role: Role;
  readonly langue: string;
  readonly actif: boolean;
  readonly organismes: readonly string[];
}

function matching(sql: Sql, filter: PersonFilter) {
  let query = sql.selectFrom('user_account');
  if (filter.id !== undefined) query = query.where('id', 'in', filter.id);
  if (filter.role !== undefined) query = query.where('role', 'in', filter.role);
  if (filter.actif !== undefined) query = query.where('actif', '=', filter.actif);
  if (filter.q !== undefined && filter.q !== '') {
    const found = containing(filter.q);
    query = query.where((is) => is.or([is('nom', 'ilike', found), is('email', 'ilike', found)]));
  }
  return query;
}

const rowsOf = (sql: Sql, filter: PersonFilter) =>
  matching(sql, filter)
    .select(['id', 'email', 'nom', 'role', 'langue', 'actif', 'created_at', 'last_used_at'])
    .select((is) =>
      is
        .selectFrom('user_organisme')
        .select(raw<string[]>`coalesce(jsonb_agg(organisme_id order by organisme_id), '[]')`.as('ids'))
        .whereRef('user_id', '=', 'user_account.id')
        .as('organismes'),
    );
export type PersonRecord = Awaited<ReturnType<typeof readPeople>>['rows'][number];

/** A slice of the people with their exact count. */
export async function readPeople(sql: Sql, asked: Slice<PersonFilter, PersonSort>) {
  return readSlice({ rows: rowsOf(sql, asked.filter), all: matching(sql, asked.filter), columns: SORT_COLUMNS }, asked);
}

export const readPerson = (sql: Sql, id: string) => rowsOf(sql, { id: [id] }).executeTakeFirst();

async function linkOrganismes(sql: Sql, userId: string, organismes: readonly string[]): Promise<void> {
  await sql.deleteFrom('user_organisme').where('user_id', '=', userId).execute();
  if (organismes.length === 0) return;
  const links = [...new Set(organismes)].map((organisme_id) => ({ user_id: userId, organisme_id }));
  await sql.insertInto('user_organisme').values(links).execute();
}

/** Makes a person; undefined when the mail address is taken. */
export async function createPerson(sql: Sql, { organismes, ...person }: PersonInput): Promise<string | undefined> {
  const row = await sql
    .insertInto('user_account')
    .values(person)
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (row !== undefined) await linkOrganismes(sql, row.id, organismes);
  return row?.id;
}

/** Replaces what is known of a person; false when there is none. */
export async function updatePerson(sql: Sql, id: string, { organismes, ...person }: PersonInput): Promise<boolean> {
  const { numUpdatedRows } = await sql.updateTable('user_account').set(person).where('id', '=', id).executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  await linkOrganismes(sql, id, organismes);
  return true;
}
