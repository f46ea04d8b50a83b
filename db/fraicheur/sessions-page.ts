import { sql as raw } from 'kysely';
import type { FreshnessCause, SessionFacts } from '../../domain/model/fraicheur/causes.ts';
import { isPermanent } from '../../domain/model/fraicheur/ended.ts';
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

function kindOf(row: Read): SessionKind {
  if (isPermanent(row)) return 'permanente';
  return row.modalite === '2' ? 'distance' : 'datee';
}

/** A slice of the offer's sessions; `after` is where the next one begins, null after the last. */
export interface FreshnessPage {
  readonly rows: FreshnessRow[];
  readonly after: string | null;
}

/** Keys first: joined at once, every page would sort the whole offer. */
async function nextSessions(sql: Sql, after: string | null, limit: number): Promise<string[]> {
  const query = sql.selectFrom('session').select('id').where('retire_le', 'is', null).orderBy('id').limit(limit);
  const rows = await (after === null ? query : query.where('id', '>', after)).execute();
  return rows.map(({ id }) => id);
}

/** The next sessions of the offer, by id, archived ones left out; the table of communes is judged as of `day`. */
export async function freshnessPage(
  sql: Sql,
  settings: FreshnessSettings,
  page: { readonly day: ParisDay; readonly after: string | null; readonly limit: number },
): Promise<FreshnessPage> {
  const ids = await nextSessions(sql, page.after, page.limit);
  const rows = await readSessions(sql, settings, ids, page.day);
  return { rows, after: ids.length < page.limit ? null : (ids.at(-1) ?? null) };
}

async function readSessions(
  sql: Sql,
  settings: FreshnessSettings,
  ids: readonly string[],
  day: ParisDay,
): Promise<FreshnessRow[]> {
  const places = await communes();
  const { rows } = await raw<Read>`with s as materialized (select * from session where id = any (${[...ids]}::uuid[]))
    select s.id as session, s.formation_id as formation, f.organisme_id as organisme, f.version_n, s.debut, s.fin,
      s.etat_recrutement as etat, a.permanente, a.modalite, a.insee, f.maj, k.cycle, k.depuis, k.confirmee_le, k.stade,
      k.cause, k.jour_d, c.fin as fin_certification, o.cycles, o.ponctuels
    from s join formation f on f.id = s.formation_id join action a on a.id = s.action_id
    left join fraicheur k on k.session_id = s.id
    left join fraicheur_organisme o on o.organisme_id = f.organisme_id
    left join lateral (select max(c.fin_enregistrement) as fin from certification c
      where (f.rncp is not null or f.rs is not null)
        and c.numero_fiche in (f.rncp, 'RNCP' || f.rncp, f.rs, 'RS' || f.rs)) c on true
    where f.retire_le is null and k.stade is distinct from 'archivee'
      and f.source <> all (${[...settings.sourcesExclues]}::text[])
    order by s.id`.execute(sql);
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
