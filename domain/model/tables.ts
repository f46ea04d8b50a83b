import type { Certificateur, Certification, Partenaire } from './certifications.ts';
import type { OrganismePublic } from './organismes-publics.ts';

export const TABLE_STATES = ['complete', 'partial', 'absent', 'quarantine'] as const;
export type TableState = (typeof TABLE_STATES)[number];

/** A reference table as rules read it: a key it lacks proves something only when the table is complete. */
export interface Table<V> {
  readonly state: TableState;
  readonly version?: string;
  get(key: string): V | undefined;
}

export interface Libelle {
  readonly label: string;
}

export interface Commune {
  readonly label: string;
  readonly codesPostaux: readonly string[];
  readonly departement: string;
  readonly region: string;
  /** Degrees; absent for a commune younger than the table of centres. */
  readonly centre?: { readonly latitude: number; readonly longitude: number };
}

/** Tables kept by version of Formacode (`V14`): the same code can mean different things in different versions. */
export type Versioned<V> = Readonly<Record<string, Table<V>>>;

export interface ReferenceTables {
  readonly nsf: Table<Libelle>;
  readonly rome: Table<Libelle>;
  readonly formacode: Versioned<Libelle>;
  readonly publics: Versioned<Libelle>;
  readonly modalitesPedagogiques: Table<Libelle>;
  readonly pays: Table<Libelle>;
  readonly certifinfo: Table<Libelle>;
  readonly communes: Table<Commune>;
  /** By `RNCP123` or `RS123`. */
  readonly certifications: Table<Certification>;
  /** Rows of a certification, by its code. */
  readonly partenaires: Table<readonly Partenaire[]>;
  readonly certificateurs: Table<readonly Certificateur[]>;
  /** The public list of OFs, by `siren:…` or `nda:…`. */
  readonly organismesPublics: Table<readonly OrganismePublic[]>;
}

export const TABLE_NAMES = [
  'nsf',
  'rome',
  'formacode',
  'publics',
  'modalitesPedagogiques',
  'pays',
  'certifinfo',
  'communes',
  'certifications',
  'partenaires',
  'certificateurs',
  'organismesPublics',
] as const satisfies readonly (keyof ReferenceTables)[];
export type TableName = (typeof TABLE_NAMES)[number];

/** A table that is not there: it answers nothing and proves nothing. */
export const ABSENT: Table<never> = { state: 'absent', get: () => undefined };

/** Nothing known: every rule that needs a table answers `nonVerifie`. */
export const NO_TABLES: ReferenceTables = {
  nsf: ABSENT,
  rome: ABSENT,
  formacode: {},
  publics: {},
  modalitesPedagogiques: ABSENT,
  pays: ABSENT,
  certifinfo: ABSENT,
  communes: ABSENT,
  certifications: ABSENT,
  partenaires: ABSENT,
  certificateurs: ABSENT,
  organismesPublics: ABSENT,
};

/** A table over rows in memory; `state` is `complete` unless said. */
export function tableOf<V>(
  rows: Readonly<Record<string, V>>,
  state: TableState = 'complete',
  version?: string,
): Table<V> {
  const get = (key: string) => (Object.hasOwn(rows, key) ? rows[key] : undefined);
  return version === undefined ? { state, get } : { state, version, get };
}

/** What a table says of a key: `known`, `unknown` when it is complete and lacks it, else `unsure`. */
export function verdictOf(table: Table<unknown> | undefined, key: string): 'known' | 'unknown' | 'unsure' {
  if (table === undefined || table.state === 'absent' || table.state === 'quarantine') return 'unsure';
  if (table.get(key) !== undefined) return 'known';
  return table.state === 'complete' ? 'unknown' : 'unsure';
}
