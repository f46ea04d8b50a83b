import { sql as raw } from 'kysely';
import type { FreshnessCause, SessionFacts } from '../../domain/model/fraicheur/causes.ts';
import type { CycleState } from '../../domain/model/fraicheur/judge.ts';
import type { FreshnessSettings, SessionKind } from '../../domain/model/fraicheur/settings.ts';
import type { FreshnessStage } from '../../domain/model/fraicheur/stages.ts';
import type { ParisDay } from '../../domain/model/ids.ts';
import type { Sql } from '../connect.ts';
import { communes } from '../reference/load.ts';

/** A session of the offer as the pass judges it. */
export interface FreshnessRow {
  readonly session: string;
  readonly formation: string;
  readonly organisme: string;
  /** The accepted version that was looked at. */
  readonly versionN: number;
  readonly cycle: number;
  readonly facts: SessionFacts;
  readonly state: CycleState;
}

interface Read {
  readonly session: string;
  readonly formation: string;
  readonly organisme: string;
  readonly version_n: number;
  readonly debut: string;
  readonly fin: string;
  readonly etat: string | null;
  readonly permanente: boolean;
  readonly modalite: string | null;
  readonly insee: string | null;
  readonly maj: ParisDay;
  readonly cycle: number | null;
  readonly depuis: ParisDay | null;
  readonly confirmee_le: ParisDay | null;
  readonly stade: FreshnessStage | null;
  readonly cause: FreshnessCause | null;
  readonly jour_d: ParisDay | null;
  readonly fin_certification: ParisDay | null;
  readonly cycles: number | null;
  readonly ponctuels: number | null;
}

const UNKNOWN = '00000000';
const ENDLESS = '99999999';

function kindOf({ permanente, debut, fin, modalite }: Read): SessionKind {
  if (permanente || debut === UNKNOWN || fin === ENDLESS) return 'permanente';
  return modalite === '2' ? 'distance' : 'datee';
}

/** The next sessions of the offer, by id, that are not archived; the table of communes is judged as of `day`. */
export async function freshnessPage(
  sql: Sql,
  settings: FreshnessSettings,
  { day, after, limit }: { readonly day: ParisDay; readonly after: string | null; readonly limit: number },
): Promise<FreshnessRow[]> {
  const places = await communes();
  const { rows } = await raw<Read>`
    select s.id as session, s.formation_id as formation, f.organisme_id as organisme, f.version_n, s.debut, s.fin,
      s.etat_recrutement as etat, a.permanente, a.modalite, a.insee, f.maj, k.cycle, k.depuis, k.confirmee_le, k.stade,
      k.cause, k.jour_d, c.fin as fin_certification, o.cycles, o.ponctuels
    from session s join formation f on f.id = s.formation_id join action a on a.id = s.action_id
    left join fraicheur k on k.session_id = s.id
    left join fraicheur_organisme o on o.organisme_id = f.organisme_id
    left join lateral (select max(c.fin_enregistrement) as fin from certification c
      where (f.rncp is not null or f.rs is not null)
        and c.numero_fiche in (f.rncp, 'RNCP' || f.rncp, f.rs, 'RS' || f.rs)) c on true
    where s.retire_le is null and f.retire_le is null and k.stade is distinct from 'archivee'
      and f.source <> all (${[...settings.sourcesExclues]}::text[])
      and (${after}::uuid is null or s.id > ${after}::uuid)
    order by s.id limit ${limit}`.execute(sql);
  const gone = (insee: string | null) => insee !== null && places[insee] === undefined;
  return rows.map((row) => ({
    session: row.session,
    formation: row.formation,
    organisme: row.organisme,
    versionN: row.version_n,
    cycle: row.cycle ?? 1,
    facts: {
      debut: row.debut,
      fin: row.fin,
      etat: row.etat,
      kind: kindOf(row),
      depuis: row.depuis ?? row.maj,
      confirmeeLe: row.confirmee_le,
      finCertification: row.fin_certification,
      finAdresse: gone(row.insee) ? day : null,
      ponctualite: { cycles: row.cycles ?? 0, ponctuels: row.ponctuels ?? 0 },
    },
    state: { stade: row.stade ?? 'fraiche', jourD: row.jour_d, cause: row.cause },
  }));
}
