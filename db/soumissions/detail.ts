import { sql as raw, type Selectable } from 'kysely';
import type { FicheDocument } from '../../domain/model/documents.ts';
import type { Mend } from '../../domain/model/mends.ts';
import { OPEN_STATUTS } from '../../domain/model/statuts.ts';
import type { Sql, Tables, Viewer } from '../connect.ts';

type Account = Selectable<Tables['user_account']>;
/** Who did something; instants inside JSON are texts. */
interface Doing {
  readonly at: string;
  readonly by: string | null;
  readonly nom: Account['nom'] | null;
  readonly role: string | null;
}
type DecisionRow = Selectable<Tables['decision']>;
type SoumissionRow = Selectable<Tables['soumission']>;

/** One step of the timeline, with who acted and, for a decision, what was said. */
export interface TimelineRow extends Doing {
  readonly n: number;
  readonly act: string;
  readonly from_statut: string | null;
  readonly to_statut: string | null;
  readonly data: Readonly<Record<string, unknown>>;
  readonly motif: DecisionRow['motif'];
  readonly champs: DecisionRow['champs'];
}

/** What a review shows of a soumission beside its row; an absent document is null. */
export interface SoumissionDetail
  extends Pick<SoumissionRow, 'version' | 'base_version' | 'document' | 'controles' | 'apercu_cpf'> {
  readonly base: FicheDocument | null;
  readonly decision: (Pick<DecisionRow, 'kind' | 'motif' | 'champs'> & Doing) | null;
  readonly mends: readonly (Doing & { readonly version: number; readonly champs: readonly Mend[] })[];
  readonly timeline: readonly TimelineRow[];
  readonly organismeSoumission: string | null;
}

/**
 * Reads it in one question. While an OF answers a request for changes the row holds what it is writing: a review shows
 * what was deposited. A creation replaces nothing, also after its approval was undone.
 */
export async function readDetail(sql: Sql, viewer: Viewer, id: string): Promise<SoumissionDetail> {
  const { rows } = await raw<SoumissionDetail>`select s.version, s.base_version, s.controles, s.apercu_cpf,
    coalesce((select r.document from soumission_revision r where s.statut = 'correctionsDemandees'
      and r.soumission_id = s.id and r.n = s.version), s.document) as document,
    (select v.document from fiche_version v where s.kind <> 'creation' and v.fiche_id = s.fiche_id
      and v.n = s.base_version) as base,
    (select json_build_object('kind', d.kind, 'at', d.at, 'motif', d.motif, 'champs', d.champs, 'by', d.by, 'nom', u.nom,
        'role', u.role)
      from decision d left join user_account u on u.id = d.by where d.soumission_id = s.id and d.undone_at is null
      order by d.at desc limit 1) as decision,
    (select coalesce(json_agg(json_build_object('version', m.version, 'at', m.at, 'champs', m.champs, 'by', m.by,
        'nom', u.nom, 'role', u.role) order by m.version), '[]')
      from mend m left join user_account u on u.id = m.by where m.soumission_id = s.id) as mends,
    (select coalesce(json_agg(json_build_object('n', j.n, 'at', j.at, 'act', j.act, 'by', j.by, 'role', j.role,
        'from_statut', j.from_statut, 'to_statut', j.to_statut, 'data', j.data, 'nom', u.nom, 'motif', d.motif,
        'champs', d.champs) order by j.n), '[]')
      from journal j left join user_account u on u.id = j.by
        left join decision d on d.id = (j.data ->> 'decision')::uuid
      where j.soumission_id = s.id and (${viewer.role} <> 'of' or not j.interne)) as timeline,
    (select o.id from fiche f join soumission o on o.fiche_id = f.id
      where f.id = s.organisme_id and f.id <> s.fiche_id and f.version_n = 0
        and o.statut = any (${[...OPEN_STATUTS]}) limit 1) as "organismeSoumission"
    from soumission s where s.id = ${id}`.execute(sql);
  const [detail] = rows;
  if (detail === undefined) throw new Error(`Cannot find soumission "${id}"`);
  return detail;
}

/** The content of one deposited version, or undefined. */
export async function revision(sql: Sql, id: string, n: number): Promise<FicheDocument | undefined> {
  const row = await sql
    .selectFrom('soumission_revision')
    .select('document')
    .where('soumission_id', '=', id)
    .where('n', '=', n)
    .executeTakeFirst();
  return row?.document;
}

/** The decision that stands: what, by whom, when; null when there is none. */
export async function lastDecision(sql: Sql, id: string) {
  const row = await sql
    .selectFrom('decision')
    .leftJoin('user_account', 'user_account.id', 'decision.by')
    .select(['kind', 'at', 'motif', 'champs', 'by', 'user_account.nom', 'user_account.role'])
    .where('soumission_id', '=', id)
    .where('undone_at', 'is', null)
    .orderBy('at', 'desc')
    .executeTakeFirst();
  return row ?? null;
}

/** The open soumission of the organisme of a formation's soumission, while that organisme has no accepted version. */
export function organismeWaiting(sql: Sql, id: string) {
  return sql
    .selectFrom('soumission as mine')
    .innerJoin('fiche', 'fiche.id', 'mine.organisme_id')
    .innerJoin('soumission', 'soumission.fiche_id', 'mine.organisme_id')
    .select(['soumission.id', 'soumission.version'])
    .where('mine.id', '=', id)
    .whereRef('mine.fiche_id', '<>', 'mine.organisme_id')
    .where('soumission.statut', 'in', [...OPEN_STATUTS])
    .where('fiche.version_n', '=', 0)
    .executeTakeFirst();
}
