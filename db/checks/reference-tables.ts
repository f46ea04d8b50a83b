import { sql as raw, type Selectable } from 'kysely';
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
import type { Sql, Tables } from '../connect.ts';
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

/** Rows as they are read, all four tables in one question: each decision asks it. */
interface Read {
  readonly referentiels: readonly { readonly nom: string; readonly version: string; readonly state: string }[];
  readonly certifications: readonly Selectable<Tables['certification']>[];
  readonly partenaires: readonly Pick<
    Selectable<Tables['partenaire']>,
    'numero_fiche' | 'siret' | 'nom' | 'habilitation'
  >[];
  readonly organismes: readonly Selectable<Tables['organisme_public']>[];
}

/**
 * Partners: those of the sirens asked for, and one more of each certification that has others, since whether a
 * certification names any partner at all changes what a silence means.
 */
async function read(sql: Sql, { certifications: codes, organismes: keys }: ReferenceKeys): Promise<Read> {
  const certifications = [...codes];
  const [sirens, ndas] = [keysUnder('siren:', keys), keysUnder('nda:', keys)];
  const { rows } = await raw<Read>`select
    (select coalesce(json_agg(r), '[]') from (select nom, version, state from referentiel) r) as referentiels,
    (select coalesce(json_agg(c), '[]') from certification c where c.numero_fiche = any (${certifications})) as certifications,
    (select coalesce(json_agg(p), '[]') from (
      select numero_fiche, siret, nom, habilitation from partenaire
        where numero_fiche = any (${certifications}) and siren = any (${sirens})
      union select * from (select distinct on (numero_fiche) numero_fiche, siret, nom, habilitation from partenaire
        where numero_fiche = any (${certifications}) order by numero_fiche, siret) one) p) as partenaires,
    (select coalesce(json_agg(o), '[]') from (
      select * from organisme_public where siren = any (${['', ...sirens]})
      union select * from organisme_public where nda = any (${['', ...ndas]})) o) as organismes`.execute(sql);
  const [found] = rows;
  if (found === undefined) throw new Error('Cannot read the reference tables');
  return found;
}

function standingOf({ referentiels }: Read): Standing {
  const known: [string, Standing[string]][] = referentiels.flatMap(({ nom, version, state }) => {
    const found = TABLE_STATES.find((one) => one === state);
    return found === undefined ? [] : [[nom, { state: found, version }]];
  });
  return Object.fromEntries(known);
}

function table<V>(standing: Standing, name: keyof StateTables, rows: Readonly<Record<string, V>>): Table<V> {
  const { state, version } = standing[NAMES[name]] ?? { state: 'absent' as const };
  return tableOf(rows, state, version);
}

function certificationsOf({ certifications }: Read): Record<string, Certification> {
  return Object.fromEntries(
    certifications.map((row): [string, Certification] => {
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

function partenairesOf({ partenaires }: Read): Record<string, Partenaire[]> {
  const found: Record<string, Partenaire[]> = {};
  for (const row of partenaires) {
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

function organismesPublicsOf({ organismes }: Read): Record<string, OrganismePublic[]> {
  const found: Record<string, OrganismePublic[]> = {};
  for (const row of organismes) {
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
  const found = await read(sql, keys);
  const standing = standingOf(found);
  return {
    certifications: table(standing, 'certifications', certificationsOf(found)),
    partenaires: table(standing, 'partenaires', partenairesOf(found)),
    organismesPublics: table(standing, 'organismesPublics', organismesPublicsOf(found)),
  };
}

/** Every table that the rules read of a fiche; `siret` is that of its accepted organisme, when there is one. */
export async function loadReferenceTables(sql: Sql, document: FicheDocument, siret = ''): Promise<ReferenceTables> {
  const carried = await loadCarriedTables();
  return { ...NO_TABLES, ...carried, ...(await loadStateTables(sql, referenceKeys(document, siret))) };
}
