import type { Sql } from '../connect.ts';

/** What stands of a reference table: the file it came from and whether that one counts as whole. */
export async function standingOf(sql: Sql, nom: string) {
  return sql.selectFrom('referentiel').select(['sha256', 'state', 'version']).where('nom', '=', nom).executeTakeFirst();
}
