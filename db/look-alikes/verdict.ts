import type { LookAlikeVerdict } from '../../domain/model/look-alikes.ts';
import type { Actor } from '../../domain/model/requests.ts';
import type { Sql } from '../connect.ts';
import { appendJournal } from '../moderation/journal.ts';

/** A moderator's word on two fiches, said while reviewing a soumission of the first. */
export interface SaidOf {
  readonly soumissionId: string;
  readonly fiche: { readonly id: string; readonly organismeId: string };
  readonly other: string;
  readonly verdict: LookAlikeVerdict;
  readonly by: Actor;
  readonly at: number;
}

/** The two ids of a pair as its row holds them. */
export function pairOf(one: string, other: string): readonly [string, string] {
  return one < other ? [one, other] : [other, one];
}

/** Keeps the word, the last one said counts, and tells the journal; hidden from the OF, whose offer others may look like. */
export async function keepVerdict(sql: Sql, said: SaidOf): Promise<void> {
  const { soumissionId, fiche, other, verdict, by } = said;
  const at = new Date(said.at);
  const [first, second] = pairOf(fiche.id, other);
  const word = { verdict, soumission_id: soumissionId, par: by.userId, at };
  await sql
    .insertInto('ressemblance_avis')
    .values({ fiche_id: first, autre_id: second, ...word })
    .onConflict((conflict) => conflict.columns(['fiche_id', 'autre_id']).doUpdateSet(word))
    .execute();
  await appendJournal(sql, [
    {
      ficheId: fiche.id,
      organismeId: fiche.organismeId,
      soumissionId,
      at,
      by: by.userId,
      role: by.role,
      act: 'lookAlike',
      data: { verdict, autre: other },
      interne: true,
    },
  ]);
}
