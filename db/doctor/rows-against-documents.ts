import type { FormationDocument, OrganismeDocument } from '../../domain/model/documents.ts';
import type { Sql } from '../connect.ts';
import { actionRow, dispositifRow, formationRow, sessionRow } from '../moderation/projection/formation-rows.ts';
import { organismeRow, siteRow } from '../moderation/projection/organisme.ts';

/** One row that is not what the accepted document says. */
interface Drift {
  readonly fiche: string;
  readonly table: string;
  readonly id: string;
  /** The columns that differ, `absent`, or `en trop`. */
  readonly what: string;
}

type Row = Readonly<Record<string, unknown>> & { readonly id: string };
type Expected = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

const byId = (rows: readonly Row[]): Expected => new Map(rows.map(({ id, ...row }) => [id, row]));

/** Rows that are not what is expected: another value, none, or one too many. */
function driftOf(fiche: string, table: string, expected: Expected, rows: readonly Row[]): Drift[] {
  const found = new Map(rows.map((row) => [row.id, row]));
  const wrong = [...expected].flatMap(([id, columns]) => {
    const row = found.get(id);
    if (row === undefined) return [{ fiche, table, id, what: 'absent' }];
    const different = Object.keys(columns).filter((name) => (row[name] ?? null) !== (columns[name] ?? null));
    return different.length === 0 ? [] : [{ fiche, table, id, what: different.join(', ') }];
  });
  const extra = rows.filter(({ id }) => !expected.has(id)).map(({ id }) => ({ fiche, table, id, what: 'en trop' }));
  return [...wrong, ...extra];
}

function actionColumns(document: FormationDocument): Expected {
  return byId(
    document.actions.map((action, index) => {
      const { id, numero, numeroRecu, formateur, formateurSiret, modalite, permanente, rang, hash } = actionRow(
        action,
        index,
      );
      return {
        id,
        numero,
        numero_recu: numeroRecu,
        formateur_id: formateur,
        formateur_siret: formateurSiret,
        modalite,
        permanente,
        rang,
        hash,
      };
    }),
  );
}

function sessionColumns(document: FormationDocument): Expected {
  return byId(
    document.actions.flatMap((action) =>
      action.sessions.map((session, index) => {
        const {
          id,
          action: action_id,
          numero,
          numeroRecu,
          debut,
          fin,
          etat,
          rang,
          hash,
        } = sessionRow(session, action.id, index);
        return { id, action_id, numero, numero_recu: numeroRecu, debut, fin, etat_recrutement: etat, rang, hash };
      }),
    ),
  );
}

function dispositifColumns(document: FormationDocument): Expected {
  return byId(
    document.actions
      .flatMap(({ sessions }) => sessions)
      .flatMap((session) =>
        session.dispositifs.map((one, index) => {
          const {
            id,
            session: session_id,
            code,
            places,
            debut,
            fin,
            origine,
            rang,
          } = dispositifRow(one, session.id, index);
          return {
            id,
            session_id,
            code_financeur: code,
            nb_places: places,
            debut_validite: debut,
            fin_validite: fin,
            origine,
            rang,
          };
        }),
      ),
  );
}

async function formationDrift(sql: Sql, id: string, document: FormationDocument | null): Promise<Drift[]> {
  const rowsOf = (table: 'action' | 'session' | 'dispositif') =>
    sql.selectFrom(table).selectAll().where('formation_id', '=', id).where('retire_le', 'is', null).execute();
  const own = await sql
    .selectFrom('formation')
    .selectAll()
    .where('id', '=', id)
    .where('retire_le', 'is', null)
    .execute();
  const none: Expected = new Map();
  const expected = () => {
    if (document === null) return none;
    const { organisme: organisme_id, referenceOf: reference_of, ...columns } = formationRow(document);
    return byId([{ ...columns, organisme_id, reference_of }]);
  };
  return [
    ...driftOf(id, 'formation', expected(), own),
    ...driftOf(id, 'action', document === null ? none : actionColumns(document), await rowsOf('action')),
    ...driftOf(id, 'session', document === null ? none : sessionColumns(document), await rowsOf('session')),
    ...driftOf(id, 'dispositif', document === null ? none : dispositifColumns(document), await rowsOf('dispositif')),
  ];
}

async function organismeDrift(sql: Sql, id: string, document: OrganismeDocument | null): Promise<Drift[]> {
  const own = await sql
    .selectFrom('organisme')
    .selectAll()
    .where('id', '=', id)
    .where('retire_le', 'is', null)
    .execute();
  const sites = await sql
    .selectFrom('site')
    .selectAll()
    .where('organisme_id', '=', id)
    .where('retire_le', 'is', null)
    .execute();
  const expected: Expected = document === null ? new Map() : byId([{ id, ...organismeRow(document) }]);
  const siteColumns: Expected = byId(
    (document?.sites ?? []).map((site) => {
      const { codePostal: code_postal, ...columns } = siteRow(site);
      return { ...columns, code_postal };
    }),
  );
  return [...driftOf(id, 'organisme', expected, own), ...driftOf(id, 'site', siteColumns, sites)];
}

export interface RowsReport {
  readonly fiches: number;
  readonly drifts: readonly Drift[];
}

/** Compares the rows of a page of fiches (by id, after `after`) with their accepted documents. */
export async function rowsAgainstDocuments(
  sql: Sql,
  after: string | null,
  limit: number,
): Promise<RowsReport & { readonly last: string | null }> {
  let query = sql
    .selectFrom('fiche')
    .innerJoin('fiche_version', (on) =>
      on.onRef('fiche_version.fiche_id', '=', 'fiche.id').onRef('fiche_version.n', '=', 'fiche.version_n'),
    )
    .select(['fiche.id', 'fiche.fermee_le', 'fiche_version.document'])
    .orderBy('fiche.id')
    .limit(limit);
  if (after !== null) query = query.where('fiche.id', '>', after);
  const fiches = await query.execute();
  const drifts: Drift[] = [];
  for (const { id, fermee_le: closed, document } of fiches) {
    const shown = closed === null;
    if (document.kind === 'formation') drifts.push(...(await formationDrift(sql, id, shown ? document : null)));
    else drifts.push(...(await organismeDrift(sql, id, shown ? document : null)));
  }
  return { fiches: fiches.length, drifts, last: fiches.at(-1)?.id ?? null };
}
