import { sql } from 'kysely';
import { BREAKER, isTooMuch } from '../../domain/model/breaker.ts';
import type { Sql } from '../connect.ts';
import { KEPT_BY } from './freeze.ts';

/** Sessions that would vanish, ended and withdrawn ones apart, of how many. */
export interface Gone {
  readonly organisme: string;
  readonly gone: number;
  readonly of: number;
  /** Beside `gone`: taken out for want of a confirmation, each after its reminders. */
  readonly perimees: number;
}

const stale = sql`coalesce((c.inputs #>> array['fraicheur', s.id, '2'])::boolean, false)`;

/** A withdrawal that people approved since what the offer shows of a fiche. */
const withdrawn = sql`select from fiche_version v join soumission k on k.id = v.soumission_id
  where v.fiche_id = c.fiche_id and v.n > m.version_n and v.n <= c.accepted_n and k.kind = 'withdrawal'`;

/** Sessions gone by organisme, from the current set to what a release prepared. */
export async function goneSessions(tx: Sql, n: number, day: string): Promise<Gone[]> {
  const { rows } = await sql<Gone>`
    with gone as (
      select f.organisme_id, (count(*) filter (where not ${stale}))::int as gone,
        (count(*) filter (where ${stale}))::int as perimees
      from release_change c
      join release_member m on m.fiche_id = c.fiche_id and m.to_release is null and m.kind = 'formation'
      join fiche f on f.id = c.fiche_id
      join rendu was on was.input_hash = m.input_hash
      cross join jsonb_each_text(was.fins) s(id, fin)
      left join rendu now on now.input_hash = c.input_hash
      where c.release_n = ${n} and c.outcome in ('changed', 'deleted') and (s.fin is null or s.fin >= ${day})
        and not (c.outcome = 'changed' and coalesce(now.fins ? s.id, false))
        and not exists (${withdrawn})
      group by f.organisme_id
    )
    select f.organisme_id as organisme, sum(m.sessions)::int as "of", coalesce(max(g.gone), 0)::int as gone,
      coalesce(max(g.perimees), 0)::int as perimees
    from release_member m join fiche f on f.id = m.fiche_id left join gone g on g.organisme_id = f.organisme_id
    where m.to_release is null and m.kind = 'formation' group by f.organisme_id`.execute(tx);
  return rows;
}

/** The organismes of which more than half, and more than a handful, would vanish. */
export function suspectOrganismes(gone: readonly Gone[]): readonly Gone[] {
  return gone.filter((one) => isTooMuch(one.gone, one.of, BREAKER.organisme));
}

/** True when too much of the whole offer would vanish. */
export function stopsAll(gone: readonly Gone[]): boolean {
  const total = gone.reduce((sum, one) => sum + one.gone + one.perimees, 0);
  const of = gone.reduce((sum, one) => sum + one.of, 0);
  return isTooMuch(total, of, BREAKER.overall);
}

/**
 * Lets the formations of some organismes keep the version that is published, but those of which people approved a
 * withdrawal; they are rendered again for what ended.
 */
export async function keepOrganismes(tx: Sql, n: number, organismes: readonly string[]): Promise<void> {
  await sql`update release_change c set outcome = 'pending', kept_out = ${KEPT_BY.breaker}, version_n = m.version_n,
      inputs = was.inputs, input_hash = null, sha256 = null, reason = null, digest = '', re_rendered = false
    from release_member m join release_change was on was.release_n = m.from_release and was.fiche_id = m.fiche_id
    join fiche f on f.id = m.fiche_id
    where c.release_n = ${n} and c.fiche_id = m.fiche_id and m.to_release is null and m.kind = 'formation'
      and f.organisme_id = any (${[...organismes]}::uuid[]) and c.outcome in ('changed', 'deleted')
      and c.kept_out is null and not exists (${withdrawn})`.execute(tx);
}
