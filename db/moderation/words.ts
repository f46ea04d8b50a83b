import { sql as raw } from 'kysely';
import { z } from 'zod';
import type { MendWish } from '../../domain/model/mends.ts';
import type { Decision, FieldRequest } from '../../domain/model/requests.ts';
import type { DecisionKind } from '../../domain/model/vocabulary.ts';
import { json, type Sql } from '../connect.ts';
import { removedPersons } from './removed-persons.ts';
import { eraseWordsIn, OUTBOX_WORDS } from './removed-words.ts';

/** What people wrote with an act; content, so it stays here and workflows pass its reference. */
export interface Words {
  readonly motif?: string;
  readonly champs?: readonly FieldRequest[];
  readonly mends?: readonly MendWish[];
}

const kept = z.object({
  motif: z.string().optional(),
  champs: z.array(z.custom<FieldRequest>()).optional(),
  mends: z.array(z.custom<MendWish>()).optional(),
});

/** Keeps the words of an act on a soumission; answers their reference, for the update's argument. */
export async function keepWords(sql: Sql, input: { readonly soumissionId: string; readonly words: Words }) {
  const row = await sql
    .insertInto('outbox')
    .values({
      kind: 'words',
      subject_id: input.soumissionId,
      payload: json<unknown>(input.words),
      done_at: new Date(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** A decision as the workflow takes it: its words, if any, are kept first. */
export async function keepDecision(
  sql: Sql,
  input: { readonly soumissionId: string; readonly decision: Decision },
): Promise<{ readonly kind: DecisionKind; readonly version: number; readonly words?: string }> {
  const { kind, version, ...words } = input.decision;
  if (Object.keys(words).length === 0) return { kind, version };
  return { kind, version, words: await keepWords(sql, { soumissionId: input.soumissionId, words }) };
}

/** The words that a reference of this soumission names, without the persons who were removed; none without a reference. */
export async function readWords(sql: Sql, soumissionId: string, reference: string | undefined): Promise<Words> {
  if (reference === undefined) return {};
  const remover = await removedPersons(sql);
  if (remover !== null) await eraseWordsIn(sql, OUTBOX_WORDS, raw`id = ${reference}::uuid`, remover);
  const row = await sql
    .selectFrom('outbox')
    .select('payload')
    .where('id', '=', reference)
    .where('kind', '=', 'words')
    .where('subject_id', '=', soumissionId)
    .executeTakeFirst();
  const { motif, champs, mends } = kept.parse(row?.payload ?? {});
  return {
    ...(motif === undefined ? {} : { motif }),
    ...(champs === undefined ? {} : { champs }),
    ...(mends === undefined ? {} : { mends }),
  };
}
