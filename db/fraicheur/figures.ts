import { sql as raw } from 'kysely';
import { addDays } from '../../domain/model/calendar.ts';
import type { FreshnessStage } from '../../domain/model/fraicheur/stages.ts';
import type { ParisDay } from '../../domain/model/ids.ts';
import type { Sql } from '../connect.ts';

const WINDOW_DAYS = 90;

/** How fresh the offer is, and what the reminders of the last 90 days brought. */
export interface FreshnessFigures {
  readonly sessions: number;
  /** Confirmed, or accepted, within 90 days. */
  readonly confirmees: number;
  /** Days since the last confirmation or accepted change, of the session in the middle; null without sessions. */
  readonly ageMedian: number | null;
  readonly stades: Readonly<Partial<Record<FreshnessStage, number>>>;
  readonly courriels: number;
  readonly courrielsRepondus: number;
  readonly reponses: number;
  readonly reponsesParCourriel: number;
}

interface Read extends Omit<FreshnessFigures, 'stades'> {
  readonly stades: Readonly<Partial<Record<FreshnessStage, number>>> | null;
}

/** The figures as of a business day; ended and archived sessions are no part of the offer. */
export async function freshnessFigures(sql: Sql, day: ParisDay): Promise<FreshnessFigures> {
  const since = addDays(day, -WINDOW_DAYS);
  const { rows } = await raw<Read>`with offer as (
      select coalesce(k.stade, 'fraiche') as stade, greatest(coalesce(k.depuis, f.maj), coalesce(k.confirmee_le, '')) as dit
      from session s join formation f on f.id = s.formation_id left join fraicheur k on k.session_id = s.id
      where s.retire_le is null and f.retire_le is null and s.fin >= ${day.replaceAll('-', '')}),
    shown as (select * from offer where stade not in ('retiree', 'archivee')),
    answers as (select courriel_id, voie from fraicheur_reponse where jour >= ${since})
    select (select count(*)::int from shown) as sessions,
      (select count(*)::int from shown where dit >= ${since}) as confirmees,
      (select percentile_disc(0.5) within group (order by ${day}::date - dit::date) from shown)::int as "ageMedian",
      (select json_object_agg(stade, n) from (select stade, count(*)::int as n from offer group by stade) x) as stades,
      (select coalesce(sum(courriels), 0)::int from fraicheur_passe where jour >= ${since}) as courriels,
      (select count(distinct courriel_id)::int from answers) as "courrielsRepondus",
      (select count(*)::int from answers) as reponses,
      (select count(*)::int from answers where voie = 'courriel') as "reponsesParCourriel"`.execute(sql);
  const [read] = rows;
  if (read === undefined) throw new Error('Cannot count the freshness of the offer');
  return { ...read, stades: read.stades ?? {} };
}
