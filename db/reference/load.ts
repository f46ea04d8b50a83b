import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import {
  type Commune,
  type Libelle,
  type ReferenceTables,
  TABLE_STATES,
  type Table,
  tableOf,
  type Versioned,
} from '../../domain/model/tables.ts';

/** The tables that come with the platform; those of France compétences and the DGEFP are imported into the database. */
export type CarriedTables = Pick<
  ReferenceTables,
  'nsf' | 'rome' | 'formacode' | 'publics' | 'modalitesPedagogiques' | 'pays' | 'certifinfo' | 'communes'
>;

/** A row of a carried list, for selects and look-ups. */
export interface CodeRow extends Libelle {
  readonly code: string;
  readonly version: string;
  readonly source: string;
}

export const CODE_LISTS = [
  'nsf',
  'rome',
  'formacode',
  'publics',
  'modalites-pedagogiques',
  'pays',
  'certifinfo',
] as const;
export type CodeList = (typeof CODE_LISTS)[number];

const codeRow = z.object({ code: z.string(), label: z.string(), version: z.string(), source: z.string() });
const regionRow = z.object({ code: z.string(), label: z.string(), region: z.string() });
const communeRow = z.object({
  code: z.string(),
  label: z.string(),
  codesPostaux: z.string(),
  departement: z.string(),
  region: z.string(),
  latitude: z.string(),
  longitude: z.string(),
});
const tableRow = z.object({
  name: z.string(),
  version: z.string(),
  source: z.string(),
  state: z.enum(TABLE_STATES),
  rows: z.coerce.number(),
});
export type CarriedTable = z.infer<typeof tableRow>;

async function readRows<T>(name: string, row: z.ZodType<T>): Promise<T[]> {
  const text = await readFile(new URL(`${name}.csv`, import.meta.url), 'utf8');
  return z.array(row).parse(parse(text, { columns: true }));
}

/** Keeps the promise of the first call: each file is read once per process. */
function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => {
    loaded ??= load();
    return loaded;
  };
}

/** What each carried table is: version, source, whether it is complete, rows. */
export const carriedTables: () => Promise<CarriedTable[]> = once(() => readRows('tables', tableRow));

/** The rows of every carried list, by its name, in the order of their codes within a version. */
export const codeLists: () => Promise<Readonly<Record<CodeList, readonly CodeRow[]>>> = once(async () => {
  const [nsf, rome, formacode, publics, modalites, pays, certifinfo] = await Promise.all([
    readRows('nsf', codeRow),
    readRows('rome', codeRow),
    readRows('formacode', codeRow),
    readRows('publics', codeRow),
    readRows('modalites-pedagogiques', codeRow),
    readRows('pays', codeRow),
    readRows('certifinfo', codeRow),
  ]);
  return { nsf, rome, formacode, publics, 'modalites-pedagogiques': modalites, pays, certifinfo };
});

/** Region codes of before 2016 → today's code. */
export const regionsAnciennes: () => Promise<ReadonlyMap<string, string>> = once(async () => {
  const rows = await readRows('regions-anciennes', regionRow);
  return new Map(rows.map(({ code, region }) => [code, region]));
});

function communeOf(row: z.infer<typeof communeRow>): Commune {
  const { label, departement, region } = row;
  const commune = {
    label,
    departement,
    region,
    codesPostaux: row.codesPostaux.split(' ').filter((code) => code !== ''),
  };
  if (row.latitude === '') return commune;
  return { ...commune, centre: { latitude: Number(row.latitude), longitude: Number(row.longitude) } };
}

/** Communes by INSEE code. */
export const communes: () => Promise<Readonly<Record<string, Commune>>> = once(async () => {
  const rows = await readRows('communes', communeRow);
  return Object.fromEntries(rows.map((row) => [row.code, communeOf(row)]));
});

/** The carried tables as the rules read them; about 0.3 s and 36 MB at the first call, then shared. */
export const loadCarriedTables: () => Promise<CarriedTables> = once(async () => {
  const [known, lists, places] = await Promise.all([carriedTables(), codeLists(), communes()]);
  const versions = (list: CodeList): Versioned<Libelle> => {
    const found = known.filter(({ name }) => name === list);
    return Object.fromEntries(
      found.map(({ version, state }) => {
        const rows = lists[list].filter((row) => row.version === version);
        return [version, tableOf<Libelle>(Object.fromEntries(rows.map((row) => [row.code, row])), state, version)];
      }),
    );
  };
  const single = (list: CodeList): Table<Libelle> => {
    const [table] = Object.values(versions(list));
    if (table === undefined) throw new Error(`Cannot find the carried table "${list}"`);
    return table;
  };
  const communesFacts = known.find(({ name }) => name === 'communes');
  return {
    nsf: single('nsf'),
    rome: single('rome'),
    formacode: versions('formacode'),
    publics: versions('publics'),
    modalitesPedagogiques: single('modalites-pedagogiques'),
    pays: single('pays'),
    certifinfo: single('certifinfo'),
    communes: tableOf(places, communesFacts?.state ?? 'partial', communesFacts?.version),
  };
});
