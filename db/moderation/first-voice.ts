import { sql as raw } from 'kysely';
import { asksTwoVoices } from '../../domain/model/two-voices.ts';
import type { Sql } from '../connect.ts';
import type { Step } from './commands/step.ts';
import { readTwoVoices } from './settings.ts';

/** How many sessions the current content of each soumission holds, by id. */
export async function sessionsWithin(sql: Sql, ids: readonly string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const { rows } = await raw<{ id: string; n: number }>`
    select s.id, sum(jsonb_array_length(a -> 'sessions'))::int as n from soumission s
      join soumission_revision r on r.soumission_id = s.id and r.n = s.version,
      jsonb_array_elements(coalesce(r.document -> 'actions', '[]'::jsonb)) a
    where s.id = any (${[...ids]}::uuid[]) group by s.id`.execute(sql);
  return new Map(rows.map(({ id, n }) => [id, n]));
}

/** True when an approval now would only be the first of two voices. */
export async function isFirstVoice({ sql, fiche, row, state }: Step): Promise<boolean> {
  if (state.premiereVoix != null) return false;
  if (row.kind !== 'withdrawal' && !row.pour_of) return false;
  const rule = await readTwoVoices(sql);
  const sessions = row.kind === 'withdrawal' ? ((await sessionsWithin(sql, [row.id])).get(row.id) ?? 0) : 0;
  return asksTwoVoices({ ficheKind: fiche.kind, kind: row.kind, pourOf: row.pour_of, sessions }, rule);
}

/** Keeps who approved a version first. */
export async function keepFirstVoice({ sql, row, at }: Step, by: string): Promise<void> {
  const voice = { version: row.version, by, at: new Date(at) };
  await sql
    .insertInto('premiere_voix')
    .values({ soumission_id: row.id, ...voice })
    .onConflict((conflict) => conflict.column('soumission_id').doUpdateSet(voice))
    .execute();
}
