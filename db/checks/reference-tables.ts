import { sql as raw } from 'kysely';
import { toParisDay } from '../../domain/model/calendar.ts';
import { type Certification, type Partenaire, parsePartenaireRow } from '../../domain/model/certifications.ts';
import type { FicheDocument } from '../../domain/model/documents.ts';
import type { OrganismePublic } from '../../domain/model/organismes-publics.ts';
import { type ReferenceKeys, referenceKeys } from '../../domain/model/reference-keys.ts';
import {
  NO_TABLES,
  type ReferenceTables,
  TABLE_STATES,
  type Table,
  type TableState,
  tableOf,
} from '../../domain/model/tables.ts';
import type { Sql } from '../connect.ts';
import { loadCarriedTables } from '../reference/load.ts';

/** The tables that come by import, cut to the keys asked for. */
export interface StateTables {
  readonly certifications: Table<Certification>;
  readonly partenaires: Table<readonly Partenaire[]>;
  readonly organismesPublics: Table<readonly OrganismePublic[]>;
}

const NAMES = {
  certifications: 'france-competences-standard',
  partenaires: 'france-competences-partenaires',
  organismesPublics: 'organismes-publics',
} as const satisfies Record<keyof StateTables, string>;

type Standing = Readonly<Record<string, { readonly state: TableState; readonly version?: string }>>;

async function standings(sql: Sql): Promise<Standing> {
  const rows = await sql.selectFrom('referentiel').select(['nom', 'version', 'state']).execute();
  const known: [string, Standing[string]][] = rows.flatMap(({ nom, version, state }) => {
    const found = TABLE_STATES.find((one) => one === state);
    return found === undefined ? [] : [[nom, { state: found, version }]];
  });
  return Object.fromEntries(known);
}

function table<V>(standing: Standing, name: keyof StateTables, rows: Readonly<Record<string, V>>): Table<V> {
  const { state, version } = standing[NAMES[name]] ?? { state: 'absent' as const };
  return tableOf(rows, state, version);
}

async function certifications(sql: Sql, codes: readonly string[]): Promise<Record<string, Certification>> {
  if (codes.length === 0) return {};
  const rows = await sql
    .selectFrom('certification')
    .selectAll()
    .where('numero_fiche', 'in', [...codes])
    .execute();
  return Object.fromEntries(
    rows.map((row): [string, Certification] => {
      const debut = toParisDay(row.debut_enregistrement ?? '');
      const fin = toParisDay(row.fin_enregistrement ?? '');
      const { numero_fiche: code, intitule, actif } = row;
      const deDroit = /de droit/i.test(row.type_enregistrement ?? '');
      return [code, { code, intitule, actif, deDroit, ...(debut && { debut }), ...(fin && { fin }) }];
    }),
  );
}

/** The keys that begin with a prefix, without it. */
function keysUnder(prefix: string, keys: readonly string[]): string[] {
  return keys.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
}

/**
 * Rows of the sirens asked for, and one more of each certification that has others: whether a certification names any
 * partner at all changes what a silence means.
 */
async function partenaires(
  sql: Sql,
  codes: readonly string[],
  sirens: readonly string[],
): Promise<Record<string, Partenaire[]>> {
  if (codes.length === 0) return {};
  const { rows } = await raw<{ numero_fiche: string; siret: string; nom: string; habilitation: string }>`
    select numero_fiche, siret, nom, habilitation from partenaire
      where numero_fiche = any (${[...codes]}) and siren = any (${[...sirens]})
    union select * from (select distinct on (numero_fiche) numero_fiche, siret, nom, habilitation from partenaire
      where numero_fiche = any (${[...codes]}) order by numero_fiche, siret) one`.execute(sql);
  const found: Record<string, Partenaire[]> = {};
  for (const row of rows) {
    const parsed = parsePartenaireRow({
      Numero_Fiche: row.numero_fiche,
      Siret_Partenaire: row.siret,
      Nom_Partenaire: row.nom,
      Habilitation_Partenaire: row.habilitation,
    });
    if (parsed.kind === 'read') found[row.numero_fiche] = [...(found[row.numero_fiche] ?? []), parsed.value];
  }
  return found;
}

async function organismesPublics(sql: Sql, keys: readonly string[]): Promise<Record<string, OrganismePublic[]>> {
  const rows = await sql
    .selectFrom('organisme_public')
    .selectAll()
    .where((eb) =>
      eb.or([eb('siren', 'in', ['', ...keysUnder('siren:', keys)]), eb('nda', 'in', ['', ...keysUnder('nda:', keys)])]),
    )
    .execute();
  const found: Record<string, OrganismePublic[]> = {};
  for (const row of rows) {
    const organisme: OrganismePublic = {
      nda: row.nda,
      siren: row.siren,
      denomination: row.denomination,
      qualiopi: {
        formation: row.actions_de_formation,
        bilan: row.bilans_de_competences,
        vae: row.vae,
        apprentissage: row.apprentissage,
      },
      ...(row.siret === null ? {} : { siret: row.siret }),
      ...(row.code_postal === null ? {} : { codePostal: row.code_postal }),
      ...(row.ville === null ? {} : { ville: row.ville }),
    };
    for (const key of [`siren:${row.siren}`, `nda:${row.nda}`]) found[key] = [...(found[key] ?? []), organisme];
  }
  return found;
}

/** Reads what is known of the keys asked for, each table with its state and version. */
export async function loadStateTables(sql: Sql, keys: ReferenceKeys): Promise<StateTables> {
  const standing = await standings(sql);
  return {
    certifications: table(standing, 'certifications', await certifications(sql, keys.certifications)),
    partenaires: table(
      standing,
      'partenaires',
      await partenaires(sql, keys.certifications, keysUnder('siren:', keys.organismes)),
    ),
    organismesPublics: table(standing, 'organismesPublics', await organismesPublics(sql, keys.organismes)),
  };
}

/** Every table that the rules read of a fiche; `siret` is that of its accepted organisme, when there is one. */
export async function loadReferenceTables(sql: Sql, document: FicheDocument, siret = ''): Promise<ReferenceTables> {
  const carried = await loadCarriedTables();
  return { ...NO_TABLES, ...carried, ...(await loadStateTables(sql, referenceKeys(document, siret))) };
}
