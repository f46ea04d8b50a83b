import { sql as raw } from 'kysely';
import { freshnessMarksOf } from '../../domain/lheo/fiche/in-fraicheur.ts';
import type { LheoFormation } from '../../domain/lheo/fiche/received.ts';
import { json, type Sql } from '../connect.ts';
import { businessDayAt } from '../horloge.ts';

/**
 * Takes what another system's flow says of the freshness of sessions that are in the offer, by their numeros; an OF's own
 * file proves nothing. A day to come is no confirmation, and a mark never undoes a later word.
 */
export async function takeFreshnessMarks(
  sql: Sql,
  run: { readonly channel: string; readonly source: string; readonly at: number },
  files: readonly { readonly element: LheoFormation }[],
): Promise<void> {
  const marks = run.channel === 'flux' ? files.flatMap(({ element }) => freshnessMarksOf(element)) : [];
  if (marks.length === 0) return;
  const jour = businessDayAt(run.at);
  await raw`with x as (select * from jsonb_to_recordset(${json(marks)}) as x(numero text, "confirmeeLe" text, "aConfirmer" boolean)),
    found as (select distinct on (s.id) s.id, s.formation_id, f.organisme_id, f.maj, x."aConfirmer",
        case when x."confirmeeLe" <= ${jour} then x."confirmeeLe" end as confirmee
      from x join numero_given g on g.niveau = 'session'
        and (g.numero = x.numero or (g.source = ${run.source} and g.numero_recu = x.numero))
      join session s on s.id = g.objet_id join formation f on f.id = s.formation_id
      where s.retire_le is null and f.retire_le is null order by s.id)
    insert into fraicheur as k (session_id, formation_id, organisme_id, depuis, confirmee_le, stade, stade_le, cause, jour_d)
    select id, formation_id, organisme_id, maj, confirmee, case when "aConfirmer" then 'marquee' else 'fraiche' end,
      case when "aConfirmer" then ${jour} end, case when "aConfirmer" then 'fiche' end, case when "aConfirmer" then ${jour} end
    from found
    on conflict (session_id) do update set confirmee_le = greatest(k.confirmee_le, excluded.confirmee_le),
      stade = case when k.stade = 'fraiche' then excluded.stade else k.stade end,
      stade_le = case when k.stade = 'fraiche' then excluded.stade_le else k.stade_le end,
      cause = case when k.stade = 'fraiche' then excluded.cause else k.cause end,
      jour_d = case when k.stade = 'fraiche' then excluded.jour_d else k.jour_d end
    where excluded.stade = 'fraiche' or k.confirmee_le is null
      or coalesce(excluded.confirmee_le, '') >= k.confirmee_le`.execute(sql);
}
