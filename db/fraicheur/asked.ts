import { sql as raw } from 'kysely';
import type { FreshnessStage } from '../../domain/model/fraicheur/stages.ts';
import type { Sql } from '../connect.ts';

/** A session about which somebody is asked, with what a page shows of it. */
export interface AskedSession {
  readonly session: string;
  readonly formation: string;
  readonly organisme: string;
  readonly numero: string;
  readonly intitule: string;
  readonly nom: string;
  /** LHÉO dates. */
  readonly debut: string;
  readonly fin: string;
  readonly commune: string | null;
  readonly stade: FreshnessStage;
  readonly cycle: number;
}

/** Sessions of the accepted offer by id, in the order of their titles and dates; those that left it are left out. */
export async function askedSessions(sql: Sql, ids: readonly string[]): Promise<AskedSession[]> {
  if (ids.length === 0) return [];
  const { rows } = await raw<AskedSession>`
    select s.id as session, s.formation_id as formation, f.organisme_id as organisme, s.numero, f.intitule, o.nom, s.debut,
      s.fin, a.commune, coalesce(k.stade, 'fraiche') as stade, coalesce(k.cycle, 1) as cycle
    from session s join formation f on f.id = s.formation_id join action a on a.id = s.action_id
    join organisme o on o.id = f.organisme_id left join fraicheur k on k.session_id = s.id
    where s.id = any (${[...ids]}::uuid[]) and s.retire_le is null and f.retire_le is null
    order by f.intitule, s.debut, s.id`.execute(sql);
  return rows;
}
