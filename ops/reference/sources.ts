import type { TableState } from '../../domain/model/tables.ts';

/** One list of codes to carry: where its facts are, and what is known of its completeness. */
export interface ListSource {
  readonly name: string;
  readonly version: string;
  readonly source: string;
  /** `complete` only when the source is known to hold every code of that version. */
  readonly state: TableState;
  /** File under the folder of shared facts, and its columns. */
  readonly file: string;
  readonly code: string;
  readonly label: string;
  /** What a label carries that is none. */
  readonly trim?: RegExp;
}

const TABLES = 'lheo/tables';
const REFDATA = 'lheo/refdata';

export const LISTS: readonly ListSource[] = [
  {
    name: 'nsf',
    version: '1994',
    source: 'décret 94-522',
    state: 'partial',
    file: `${REFDATA}/nsf.csv`,
    code: 'code',
    label: 'libelle',
  },
  {
    name: 'rome',
    version: '4.60',
    source: 'France Travail',
    state: 'complete',
    file: `${REFDATA}/rome-v460-france-travail.csv`,
    code: 'code_rome',
    label: 'libelle_rome',
  },
  // One list for two versions, and shorter than the 3 379 descriptors the thirteenth edition announces.
  ...['V13', 'V14'].map((version) => ({
    name: 'formacode',
    version,
    source: 'Formacode, Centre Inffo',
    state: 'partial' as const,
    file: `${REFDATA}/formacode-V13-V14-edof-editor.csv`,
    code: 'code',
    label: 'libelle',
  })),
  ...['V9', 'V10', 'V14'].map((version) => ({
    name: 'publics',
    version,
    source: 'Formacode, Centre Inffo',
    state: 'complete' as const,
    file: `${TABLES}/public-vise-formacode-${version}.csv`,
    code: 'code',
    label: 'libelle',
  })),
  {
    name: 'modalites-pedagogiques',
    version: 'V10',
    source: 'Formacode, Centre Inffo',
    state: 'partial',
    file: `${TABLES}/modalites-pedagogiques-formacode-V10.csv`,
    code: 'code',
    label: 'libelle',
  },
  {
    name: 'pays',
    version: '3166-1',
    source: 'ISO',
    state: 'partial',
    file: `${REFDATA}/pays-iso3166.csv`,
    code: 'code',
    label: 'libelle',
  },
  {
    name: 'certifinfo',
    version: '2020',
    source: 'Certif Info',
    state: 'partial',
    file: `${REFDATA}/certifinfo-trefle-2020.csv`,
    code: 'code',
    label: 'libelle',
    trim: /\s*\(\d+\)$/,
  },
];
