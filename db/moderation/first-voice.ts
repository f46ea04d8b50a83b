import { sql as raw } from 'kysely';
import { asksTwoVoices } from '../../domain/model/two-voices.ts';
import type { Sql } from '../connect.ts';
import type { Step } from './commands/step.ts';
import type { StepRecord } from './rows.ts';
import { readTwoVoices } from './settings.ts';

async function sessionsOf(sql: Sql, { id, version }: StepRecord): Promise<number> {
  const { rows } = await raw<{ n: number }>`
    select coalesce(sum(jsonb_array_length(a -> 'sessions')), 0)::int as n from soumission_revision r,
      jsonb_array_elements(coalesce(r.document -> 'actions', '[]'::jsonb)) a
    where r.soumission_id = ${id} and r.n = ${version}`.execute(sql);
  return rows[0]?.n ?? 0;
}

/** True when an approval now would only be the first of two voices. */
export async function isFirstVoice({ sql, fiche, row, state }: Step): Promise<boolean> {
  if (state.premiereVoix != null) return false;
  if (row.kind !== 'withdrawal' && !row.pour_of) return false;
  const rule = await readTwoVoices(sql);
  const sessions = row.kind === 'withdrawal' ? await sessionsOf(sql, row) : 0;
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
