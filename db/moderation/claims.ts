import { sql as raw } from 'kysely';
import type { Sql } from '../connect.ts';

/** Lease of a claim; an open review extends it every 60 s. */
const LEASE_MS = 10 * 60_000;

/**
 * Gives the soumission to a person for one lease, under the next fencing token, which it answers; `live` is false for a
 * claim that its own decision ends at once.
 */
export async function takeClaim(
  sql: Sql,
  soumissionId: string,
  userId: string,
  at: number,
  live = true,
): Promise<number> {
  const row = await sql
    .insertInto('claim')
    .values({ soumission_id: soumissionId, user_id: userId, token: 1, expires_at: new Date(at + LEASE_MS), live })
    .onConflict((conflict) =>
      conflict.column('soumission_id').doUpdateSet((eb) => ({
        user_id: eb.ref('excluded.user_id'),
        token: raw<number>`claim.token + 1`,
        expires_at: eb.ref('excluded.expires_at'),
        live,
      })),
    )
    .returning('token')
    .executeTakeFirstOrThrow();
  return row.token;
}

/** Ends a claim; its row stays, for its token. */
export async function endClaim(sql: Sql, soumissionId: string): Promise<void> {
  await sql.updateTable('claim').set({ live: false }).where('soumission_id', '=', soumissionId).execute();
}

/**
 * An open review keeps its claim: one more lease from `at`. Answers the new end in ms, or null when the person no longer
 * holds it.
 */
export async function extendClaim(
  sql: Sql,
  input: { readonly soumissionId: string; readonly userId: string; readonly at: number },
): Promise<number | null> {
  const expires = input.at + LEASE_MS;
  const row = await sql
    .updateTable('claim')
    .set({ expires_at: new Date(expires) })
    .where('soumission_id', '=', input.soumissionId)
    .where('user_id', '=', input.userId)
    .where('live', '=', true)
    .where('expires_at', '>', new Date(input.at))
    .returning('token')
    .executeTakeFirst();
  return row === undefined ? null : expires;
}
