import { sql as raw } from 'kysely';
import { hasEnded, type SessionDates } from '../../domain/model/fraicheur/ended.ts';
import type { FreshnessStage } from '../../domain/model/fraicheur/stages.ts';
import type { ParisDay } from '../../domain/model/ids.ts';
import type { Sql } from '../connect.ts';

/** A session about which somebody is asked, with what a page shows of it. */
export interface AskedSession extends SessionDates {
  readonly session: string;
  readonly formation: string;
  readonly organisme: string;
  readonly numero: string;
  readonly intitule: string;
  readonly nom: string;
  readonly commune: string | null;
  readonly stade: FreshnessStage;
  readonly cycle: number;
  /** Its last day has passed. */
  readonly terminee: boolean;
}

/** Sessions of the accepted offer by id as of a business day, ordered by title and dates; those that left it are left out. */
export async function askedSessions(sql: Sql, ids: readonly string[], day: ParisDay): Promise<AskedSession[]> {
  if (ids.length === 0) return [];
  const { rows } = await raw<Omit<AskedSession, 'terminee'>>`
    select s.id as session, s.formation_id as formation, f.organisme_id as organisme, s.numero, f.intitule, o.nom, s.debut,
      s.fin, a.permanente, a.commune, coalesce(k.stade, 'fraiche') as stade, coalesce(k.cycle, 1) as cycle
    from session s join formation f on f.id = s.formation_id join action a on a.id = s.action_id
    join organisme o on o.id = f.organisme_id left join fraicheur k on k.session_id = s.id
    where s.id = any (${[...ids]}::uuid[]) and s.retire_le is null and f.retire_le is null
    order by f.intitule, s.debut, s.id`.execute(sql);
  return rows.map((row) => ({ ...row, terminee: hasEnded(row, day) }));
}
