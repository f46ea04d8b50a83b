import { sql as raw } from 'kysely';
import { type Approvable, asksTwoVoices } from '../../domain/model/two-voices.ts';
import type { Sql } from '../connect.ts';
import type { Step } from './commands/step.ts';
import { readTwoVoices } from './settings.ts';

/** What of the current content of a soumission may ask for two voices. */
export type Contents = Pick<Approvable, 'sessions' | 'fautive'>;
const NOTHING: Contents = { sessions: 0, fautive: false };

/** Sessions of the current content of each soumission, and whether rules that ask for two people found it at fault; by id. */
export async function contentsWithin(sql: Sql, ids: readonly string[]): Promise<Map<string, Contents>> {
  if (ids.length === 0) return new Map();
  const { rows } = await raw<Contents & { id: string }>`
    select s.id, coalesce(s.controles -> 'twoPeople', '[]') <> '[]' as fautive,
      (select coalesce(sum(jsonb_array_length(a -> 'sessions')), 0)::int from soumission_revision r,
        jsonb_array_elements(coalesce(r.document -> 'actions', '[]'::jsonb)) a
        where r.soumission_id = s.id and r.n = s.version) as sessions
    from soumission s where s.id = any (${[...ids]}::uuid[])`.execute(sql);
  return new Map(rows.map(({ id, ...contents }) => [id, contents]));
}

/** True when an approval now would only be the first of two voices. */
export async function isFirstVoice({ sql, fiche, row, state }: Step): Promise<boolean> {
  if (state.premiereVoix != null) return false;
  if (row.kind !== 'withdrawal' && !row.pour_of && !state.fautive) return false;
  const rule = await readTwoVoices(sql);
  const contents =
    row.kind === 'withdrawal'
      ? ((await contentsWithin(sql, [row.id])).get(row.id) ?? NOTHING)
      : { sessions: 0, fautive: state.fautive };
  return asksTwoVoices({ ficheKind: fiche.kind, kind: row.kind, pourOf: row.pour_of, ...contents }, rule);
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
