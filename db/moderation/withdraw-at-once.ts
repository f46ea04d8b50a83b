import type { Sql } from '../connect.ts';
import { tellOf } from '../mail/tell.ts';
import type { Withdrawal } from './decided-rows.ts';
import { type ToWithdraw, withdrawDecided } from './withdraw-decided.ts';

/**
 * Takes fiches, or sessions of them, out of the offer by one moderator, left for an emergency release (design §7).
 * Answers a soumission each, in order. Refuses `introuvable`.
 */
export async function withdrawAllAtOnce(
  sql: Sql,
  input: Withdrawal,
  fiches: readonly ToWithdraw[],
): Promise<readonly string[]> {
  const withdrawn = await withdrawDecided(sql, input, fiches);
  if (withdrawn.length === 0) return [];
  const { by, at, motif } = input;
  await tellOf(
    sql,
    { kind: 'retrait', by: by.userId, at },
    withdrawn.map(({ id, fiche, sessions }) => ({
      soumissionId: id,
      ficheId: fiche.id,
      organismeId: fiche.organisme_id,
      evenement: id,
      payload: { sessions },
    })),
  );
  await sql
    .insertInto('urgence')
    .values(withdrawn.map(({ fiche }) => ({ kind: 'retrait' as const, fiche_id: fiche.id, motif, par: by.userId })))
    .execute();
  return withdrawn.map(({ id }) => id);
}

/** The same for one fiche. */
export async function withdrawAtOnce(
  sql: Sql,
  {
    ficheId,
    sessions,
    ...input
  }: Withdrawal & { readonly ficheId: string; readonly sessions?: readonly string[] | undefined },
): Promise<string> {
  const [id] = await withdrawAllAtOnce(sql, input, [{ id: ficheId, sessions }]);
  if (id === undefined) throw new Error(`Cannot withdraw fiche "${ficheId}"`);
  return id;
}
