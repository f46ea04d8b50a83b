import { sql as raw } from 'kysely';
import type { Sql, Viewer } from '../connect.ts';

/** How long `next` has to claim what it was given before another may be given it; in ms. */
const KEEPS_MS = 15_000;

export interface Found {
  readonly id: string;
  /** False when another person was given it at the same instant: the next look passes it. */
  readonly mine: boolean;
}

/**
 * Sets the soumission with the soonest promise that nobody holds aside for a person, past those set aside for others:
 * neither entered on behalf nor already approved by that person. Undefined when none is left.
 */
export async function setAsideNext(
  sql: Sql,
  input: { readonly viewer: Viewer; readonly at: number; readonly passed: readonly string[] },
): Promise<Found | undefined> {
  const { viewer, at, passed } = input;
  const now = new Date(at);
  const { rows } = await raw<Found>`
    with soonest as (select s.id from soumission s
    where s.statut = 'controlee' and s.conduite = 'workflow'
      and not (s.pour_of and s.auteur_id = ${viewer.userId})
      and not s.id = any (${[...passed]}::uuid[])
      and not exists (select from attribution a where a.soumission_id = s.id and a.expires_at > ${now}::timestamptz)
      and not exists (select from premiere_voix v
        where v.soumission_id = s.id and v.version = s.version and v.by = ${viewer.userId})
    order by s.due_at, s.id limit 1 for update of s skip locked),
    aside as (insert into attribution (soumission_id, user_id, expires_at)
      select id, ${viewer.userId}, ${new Date(at + KEEPS_MS)}::timestamptz from soonest
      on conflict (soumission_id) do update set user_id = excluded.user_id, expires_at = excluded.expires_at
        where attribution.expires_at <= ${now}::timestamptz
      returning soumission_id)
    select soonest.id, exists (select from aside) as mine from soonest`.execute(sql);
  return rows[0];
}

/** The soumission is claimed, or refused to be: nothing is set aside any more. */
export async function releaseAttribution(sql: Sql, soumissionId: string, viewer: Viewer): Promise<void> {
  await sql
    .deleteFrom('attribution')
    .where('soumission_id', '=', soumissionId)
    .where('user_id', '=', viewer.userId)
    .execute();
}
