import {
  type CsvRow,
  type ParsedRow,
  parseCertificationRow,
  parsePartenaireRow,
} from '../../domain/model/certifications.ts';
import { parseOrganismePublicRow } from '../../domain/model/organismes-publics.ts';

/** Tables that come as files of the State, by the name under which `referentiel` knows them. */
const REFERENCE_NAMES = [
  'france-competences-standard',
  'france-competences-partenaires',
  'organismes-publics',
] as const;
type ReferenceName = (typeof REFERENCE_NAMES)[number];

/** How one reference file is recognised, read and laid in its table. */
export interface ReferenceKind {
  readonly nom: ReferenceName;
  /** Columns whose presence in the header tells this file from another. */
  readonly header: readonly string[];
  readonly table: string;
  readonly key: readonly string[];
  readonly columns: Readonly<Record<string, 'text' | 'boolean'>>;
  /** Rows from which a file without a word about it counts as the whole export. */
  readonly minRows: number;
  /** The columns of one row, or why it cannot be read. */
  parse(row: CsvRow): ParsedRow<Readonly<Record<string, string | boolean | null>>>;
}

function mapped<T>(
  parsed: ParsedRow<T>,
  columns: (value: T) => Readonly<Record<string, string | boolean | null>>,
): ReturnType<ReferenceKind['parse']> {
  return parsed.kind === 'read' ? { kind: 'read', value: columns(parsed.value) } : parsed;
}

const STANDARD: ReferenceKind = {
  nom: 'france-competences-standard',
  header: ['Numero_Fiche', 'Intitule', 'Actif', 'Date_Fin_Enregistrement'],
  table: 'certification',
  key: ['numero_fiche'],
  columns: {
    numero_fiche: 'text',
    intitule: 'text',
    niveau: 'text',
    actif: 'boolean',
    debut_enregistrement: 'text',
    fin_enregistrement: 'text',
    type_enregistrement: 'text',
  },
  minRows: 20_000,
  parse: (row) =>
    mapped(parseCertificationRow(row), (value) => ({
      numero_fiche: value.code,
      intitule: value.intitule,
      niveau: (row.Nomenclature_Europe_Niveau ?? '').trim().slice(0, 20) || null,
      actif: value.actif,
      debut_enregistrement: value.debut ?? null,
      fin_enregistrement: value.fin ?? null,
      type_enregistrement: (row.Type_Enregistrement ?? '').trim().slice(0, 60) || null,
    })),
};

const PARTENAIRES: ReferenceKind = {
  nom: 'france-competences-partenaires',
  header: ['Numero_Fiche', 'Siret_Partenaire', 'Habilitation_Partenaire'],
  table: 'partenaire',
  key: ['numero_fiche', 'siret'],
  columns: { numero_fiche: 'text', siret: 'text', siren: 'text', nom: 'text', habilitation: 'text' },
  minRows: 50_000,
  parse: (row) =>
    mapped(parsePartenaireRow(row), (value) => ({
      numero_fiche: value.code,
      siret: value.siret,
      siren: value.siret.slice(0, 9),
      nom: value.nom,
      habilitation: (row.Habilitation_Partenaire ?? '').trim().toUpperCase().slice(0, 60),
    })),
};

const ORGANISMES: ReferenceKind = {
  nom: 'organismes-publics',
  header: ['numeroDeclarationActivite', 'siren', 'certifications.actionsDeFormation'],
  table: 'organisme_public',
  key: ['nda'],
  columns: {
    nda: 'text',
    siren: 'text',
    siret: 'text',
    denomination: 'text',
    actions_de_formation: 'boolean',
    bilans_de_competences: 'boolean',
    vae: 'boolean',
    apprentissage: 'boolean',
    voie: 'text',
    code_postal: 'text',
    ville: 'text',
  },
  minRows: 30_000,
  parse: (row) =>
    mapped(parseOrganismePublicRow(row), (value) => ({
      nda: value.nda,
      siren: value.siren,
      siret: value.siret ?? null,
      denomination: value.denomination,
      actions_de_formation: value.qualiopi.formation,
      bilans_de_competences: value.qualiopi.bilan,
      vae: value.qualiopi.vae,
      apprentissage: value.qualiopi.apprentissage,
      voie: (row['adressePhysiqueOrganismeFormation.voie'] ?? '').trim() || null,
      code_postal: value.codePostal?.slice(0, 5) ?? null,
      ville: value.ville ?? null,
    })),
};

const REFERENCE_KINDS: readonly ReferenceKind[] = [STANDARD, PARTENAIRES, ORGANISMES];

/** The kind of file that a header announces; undefined for a file that is none of them. */
export function kindOfHeader(columns: readonly string[]): ReferenceKind | undefined {
  const known = new Set(columns.map((column) => column.replace(/^\ufeff/, '').trim()));
  return REFERENCE_KINDS.find((kind) => kind.header.every((column) => known.has(column)));
}
