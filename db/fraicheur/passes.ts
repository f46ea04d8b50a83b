import type { ParisDay } from '../../domain/model/ids.ts';
import type { Sql } from '../connect.ts';

/** Begins the pass of a day, or goes on with it; answers the first day on which freshness was looked at here. */
export async function beginPass(sql: Sql, jour: ParisDay, at: number): Promise<ParisDay> {
  await sql
    .insertInto('fraicheur_passe')
    .values({ jour, at: new Date(at) })
    .onConflict((conflict) => conflict.column('jour').doNothing())
    .execute();
  const first = await sql
    .selectFrom('fraicheur_passe')
    .select((eb) => eb.fn.min('jour').as('jour'))
    .executeTakeFirstOrThrow();
  return first.jour as ParisDay;
}

export async function endPass(sql: Sql, jour: ParisDay, at: number): Promise<void> {
  await sql
    .updateTable('fraicheur_passe')
    .set({ finie_le: new Date(at) })
    .where('jour', '=', jour)
    .execute();
}

/** True when passes were made before and that of a day was not, or not to its end. */
export async function missesPass(sql: Sql, jour: ParisDay): Promise<boolean> {
  const last = await sql
    .selectFrom('fraicheur_passe')
    .select(['jour', 'finie_le'])
    .where('jour', '<=', jour)
    .orderBy('jour', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last !== undefined && (last.jour !== jour || last.finie_le === null);
}
