import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { COMMUNE_COLUMNS, COMMUNES_VERSION, communeRows } from './communes.ts';
import { LISTS, type ListSource } from './sources.ts';

const ROOT = resolve(fileURLToPath(import.meta.url), '../../..');
/** Where the reference files are committed. */
export const REFERENCE_FOLDER = resolve(ROOT, 'db/reference');

/** The folder of shared facts: `SOFI_SHARED`, else `shared` beside the checkout; undefined when there is none. */
export function sharedFolder(): string | undefined {
  const folder = resolve(process.env.SOFI_SHARED ?? resolve(ROOT, '../shared'));
  return existsSync(resolve(folder, 'lheo/tables')) ? folder : undefined;
}

function csvCell(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function csv(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, ...rows].map((row) => `${row.map(csvCell).join(',')}\n`).join('');
}

/** The rows of a list, in the order of its codes, each code once. */
function listRows(text: string, { code, label, trim, version, source }: ListSource): string[][] {
  const rows = z.array(z.record(z.string(), z.string())).parse(parse(text, { columns: true, bom: true, trim: true }));
  const byCode = new Map<string, string[]>();
  for (const row of rows) {
    const key = row[code] ?? '';
    const words = (row[label] ?? '').replaceAll('’', "'").replace(trim ?? /$^/, '');
    if (key !== '') byCode.set(key, [key, words, version, source]);
  }
  return [...byCode.values()].sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
}

const regionsAnciennes = z.object({ map: z.record(z.string(), z.string()) });
const regions = z.array(z.object({ code: z.string(), nom: z.string() }));

function regionRows(json: string): string[][] {
  const { map } = regionsAnciennes.parse(JSON.parse(json));
  const path = '@etalab/decoupage-administratif/data/regions.json';
  const names = new Map(regions.parse(createRequire(import.meta.url)(path)).map(({ code, nom }) => [code, nom]));
  return Object.entries(map)
    .map(([old, current]) => [old, names.get(current) ?? '', current, '2016', 'Insee'])
    .sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
}

/** The text of every reference file, by name, made from the shared facts; `tables.csv` says what each is worth. */
export async function referenceFiles(shared: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const tables: string[][] = [];
  const read = (file: string) => readFile(resolve(shared, file), 'utf8');
  const lists = new Map<string, string[][]>();
  for (const list of LISTS) {
    const rows = listRows(await read(list.file), list);
    lists.set(list.name, [...(lists.get(list.name) ?? []), ...rows]);
    tables.push([list.name, list.version, list.source, list.state, String(rows.length)]);
  }
  for (const [name, rows] of lists) files.set(`${name}.csv`, csv(['code', 'label', 'version', 'source'], rows));
  const old = regionRows(await read('lheo/tables/regions-anciennes-vers-nouvelles.json'));
  files.set('regions-anciennes.csv', csv(['code', 'label', 'region', 'version', 'source'], old));
  tables.push(['regions-anciennes', '2016', 'Insee', 'complete', String(old.length)]);
  const communes = communeRows(await read('refdata/communes-centres-2018.csv'));
  files.set('communes.csv', csv(COMMUNE_COLUMNS, communes));
  tables.push(['communes', COMMUNES_VERSION, 'Insee, La Poste ; centres de 2018', 'complete', String(communes.length)]);
  files.set('tables.csv', csv(['name', 'version', 'source', 'state', 'rows'], tables));
  return files;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const shared = sharedFolder();
  if (shared === undefined) {
    console.error('Cannot find the folder of shared facts: set SOFI_SHARED to it.');
    process.exitCode = 2;
  } else {
    for (const [name, text] of await referenceFiles(shared)) {
      await writeFile(resolve(REFERENCE_FOLDER, name), text);
      console.log(`${name} ${text.length} characters`);
    }
  }
}
