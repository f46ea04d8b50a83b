import { sql as raw } from 'kysely';
import type { Sql, Viewer } from '../../db/connect.ts';
import type { Role } from '../../domain/model/vocabulary.ts';

/** A login or a token shows its owner's last use at most once an hour. */
const TOUCH_AFTER_MS = 3_600_000;

export interface Person extends Viewer {
  readonly email: string;
  readonly nom: string;
  readonly langue: string;
}

const PERSON_COLUMNS = [
  'user_account.id',
  'email',
  'nom',
  'role',
  'langue',
  'user_account.last_used_at',
  raw<string[]>`array(select l.organisme_id from user_organisme l where l.user_id = user_account.id order by 1)`.as(
    'organismes',
  ),
] as const;

interface PersonRow {
  readonly id: string;
  readonly email: string;
  readonly nom: string;
  readonly role: string;
  readonly langue: string;
  readonly last_used_at: string | Date | null;
  readonly organismes: readonly string[];
}

async function personOf(sql: Sql, row: PersonRow | undefined): Promise<Person | null> {
  if (row === undefined) return null;
  if (row.last_used_at === null || Date.now() - new Date(row.last_used_at).getTime() > TOUCH_AFTER_MS) {
    await sql.updateTable('user_account').set({ last_used_at: new Date() }).where('id', '=', row.id).execute();
  }
  const { id: userId, email, nom, langue, organismes } = row;
  return { userId, email, nom, langue, role: row.role as Role, organismes };
}

/** The active person of an id, or null. */
export async function personById(sql: Sql, id: string): Promise<Person | null> {
  const row = await sql
    .selectFrom('user_account')
    .select(PERSON_COLUMNS)
    .where('id', '=', id)
    .where('actif', '=', true)
    .executeTakeFirst();
  return personOf(sql, row);
}

/** The active person of a mail address, whatever its case, or null. */
export async function personByEmail(sql: Sql, email: string): Promise<Person | null> {
  const row = await sql
    .selectFrom('user_account')
    .select(PERSON_COLUMNS)
    .where('email', '=', email.toLowerCase())
    .where('actif', '=', true)
    .executeTakeFirst();
  return personOf(sql, row);
}

/** The owner of a live access token by its SHA-256, or null. */
export async function personByTokenHash(sql: Sql, hash: string): Promise<Person | null> {
  const row = await sql
    .selectFrom('access_token')
    .innerJoin('user_account', 'user_account.id', 'access_token.user_id')
    .select(PERSON_COLUMNS)
    .select(['access_token.id as token_id', 'access_token.last_used_at as token_used_at'])
    .where('hash', '=', hash)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', new Date())
    .where('actif', '=', true)
    .executeTakeFirst();
  if (row === undefined) return null;
  if (row.token_used_at === null || Date.now() - new Date(row.token_used_at).getTime() > TOUCH_AFTER_MS) {
    await sql.updateTable('access_token').set({ last_used_at: new Date() }).where('id', '=', row.token_id).execute();
  }
  return personOf(sql, row);
}

/**
 * The person that the OpenID provider speaks of: by its subject, else, at the first login, by a verified mail address
 * of an account made beforehand. Null for a stranger.
 */
export async function personBySubject(
  sql: Sql,
  claims: { readonly subject: string; readonly verifiedEmail: string | undefined },
): Promise<Person | null> {
  const known = await sql
    .selectFrom('user_account')
    .select(PERSON_COLUMNS)
    .where('subject', '=', claims.subject)
    .where('actif', '=', true)
    .executeTakeFirst();
  if (known !== undefined) return personOf(sql, known);
  if (claims.verifiedEmail === undefined) return null;
  const claimed = await sql
    .updateTable('user_account')
    .set({ subject: claims.subject })
    .where('email', '=', claims.verifiedEmail.toLowerCase())
    .where('subject', 'is', null)
    .where('actif', '=', true)
    .returning('id')
    .executeTakeFirst();
  return claimed === undefined ? null : personById(sql, claimed.id);
}
