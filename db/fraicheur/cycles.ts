import { type RawBuilder, sql as raw } from 'kysely';
import type { FreshnessStage } from '../../domain/model/fraicheur/stages.ts';
import type { Sql } from '../connect.ts';
import { businessDayAt } from '../horloge.ts';
import { dropFromDigests } from '../mail/drop-sessions.ts';

/** Whose cycles end, with the act that ends them. */
export interface Restart {
  /** Real time, ms. */
  readonly at: number;
  /** The OF said that they are still right. */
  readonly confirmee: boolean;
  readonly of:
    | { readonly kind: 'formations'; readonly ids: readonly string[] }
    | { readonly kind: 'sessions'; readonly ids: readonly string[] };
}

/** A session whose cycle ended, the number of that cycle and the stage that it had reached. */
export interface Restarted {
  readonly session: string;
  readonly cycle: number;
  readonly stade: FreshnessStage;
}

/** Reminded organismes that answered: before the second reminder is in time. What was taken out counted then. */
const punctuality = raw`insert into fraicheur_organisme as o (organisme_id, cycles, ponctuels)
  select organisme_id, count(*), count(*) filter (where stade = 'rappel1') from asked
  where stade in ('rappel1', 'rappel2', 'marquee') group by organisme_id
  on conflict (organisme_id) do update set cycles = o.cycles + excluded.cycles,
    ponctuels = o.ponctuels + excluded.ponctuels`;

/** By an accepted change, what is archived comes back only if the session itself changed. */
const BY_FORMATION = (ids: readonly string[], jour: RawBuilder<string>) => raw`
  select s.id, s.formation_id, f.organisme_id, f.maj from session s join formation f on f.id = s.formation_id
  left join fraicheur k on k.session_id = s.id
  where s.formation_id = any (${[...ids]}::uuid[]) and s.retire_le is null
    and (k.stade is distinct from 'archivee' or s.maj >= k.stade_le)
    and (k.session_id is not null or ${jour} > f.maj)`;

const BY_SESSION = (ids: readonly string[]) => raw`
  select s.id, s.formation_id, f.organisme_id, f.maj from session s join formation f on f.id = s.formation_id
  where s.id = any (${[...ids]}::uuid[]) and s.retire_le is null`;

/**
 * Ends the current cycles and begins the next ones, set-based, in the caller's transaction; what waits to be sent about
 * them is taken back. Answers the sessions whose cycle ended.
 */
export async function restartCycles(sql: Sql, { at, confirmee, of }: Restart): Promise<readonly Restarted[]> {
  if (of.ids.length === 0) return [];
  const jour = businessDayAt(at);
  const among = of.kind === 'formations' ? BY_FORMATION(of.ids, jour) : BY_SESSION(of.ids);
  const { rows } = await raw<Restarted>`with among as materialized (${among}),
    was as materialized (select k.session_id, k.organisme_id, k.stade, k.cycle from fraicheur k
      where k.session_id in (select id from among) order by k.session_id for update),
    asked as materialized (select * from was where stade <> 'fraiche'),
    begun as (insert into fraicheur as k (session_id, formation_id, organisme_id, cycle, depuis, confirmee_le)
      select a.id, a.formation_id, a.organisme_id, coalesce(was.cycle, 1) + 1, ${jour}, case when ${confirmee} then ${jour} end
      from among a left join was on was.session_id = a.id
      on conflict (session_id) do update set cycle = excluded.cycle, depuis = excluded.depuis,
        confirmee_le = coalesce(excluded.confirmee_le, k.confirmee_le), stade = 'fraiche', stade_le = null, cause = null,
        jour_d = null returning session_id, cycle),
    taught as (${punctuality})
    select begun.session_id as session, begun.cycle - 1 as cycle, coalesce(was.stade, 'fraiche') as stade
    from begun left join was on was.session_id = begun.session_id`.execute(sql);
  const asked = rows.filter(({ stade }) => stade !== 'fraiche');
  await dropFromDigests(
    sql,
    asked.map(({ session }) => session),
  );
  return rows;
}
