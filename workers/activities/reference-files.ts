import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse';
import { z } from 'zod';
import { kindOfHeader, type ReferenceKind } from '../../db/reference-import/kinds.ts';
import type { CsvRow } from '../../domain/model/certifications.ts';
import { parisDayOf } from '../../domain/model/paris-time.ts';

const HEAD_BYTES = 16_384;
const companion = z.object({ complete: z.boolean() });

/** A reference file of the data folder. */
export interface FoundFile {
  readonly kind: ReferenceKind;
  readonly path: string;
  /** Day of the export: in its name, else of its last change. */
  readonly day: string;
  readonly delimiter: string;
  readonly mtimeMs: number;
}

/** The newest file of each kind in a folder, recognised by its header; a folder that is not there holds none. */
export async function findReferenceFiles(folder: string): Promise<FoundFile[]> {
  const names = await readdir(folder).catch(() => []);
  const found: FoundFile[] = [];
  for (const name of names.filter((one) => /\.csv$/i.test(one))) {
    const file = await recognise(join(folder, name), name);
    if (file !== undefined) found.push(file);
  }
  const newest = Map.groupBy(found, ({ kind }) => kind.nom);
  return [...newest.values()].flatMap((files) => files.toSorted(byAge).slice(-1));
}

const byAge = (a: FoundFile, b: FoundFile) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.mtimeMs - b.mtimeMs);

async function recognise(path: string, name: string): Promise<FoundFile | undefined> {
  const [header = ''] = (await head(path)).split(/\r?\n/);
  const delimiter = header.split(';').length >= header.split(',').length ? ';' : ',';
  const kind = kindOfHeader(header.split(delimiter).map((cell) => cell.replace(/^\ufeff?"?|"$/g, '')));
  if (kind === undefined) return undefined;
  const { mtimeMs } = await stat(path);
  return { kind, path, day: dayOf(name) ?? parisDayOf(mtimeMs), delimiter, mtimeMs };
}

async function head(path: string): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of createReadStream(path, { end: HEAD_BYTES - 1 })) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** `2026-11-24`, `2026_11_24` or `20261124` in a file's name. */
function dayOf(name: string): string | undefined {
  const [, year, month, day] = /(20\d\d)[-_]?([01]\d)[-_]?([0-3]\d)(?!\d)/.exec(name) ?? [];
  return year === undefined ? undefined : `${year}-${month ?? ''}-${day ?? ''}`;
}

/** SHA-256 of a file's bytes. */
export async function fileHash(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** What `<file>.meta.json` says of the file; undefined without one, or when it cannot be read. */
export async function saidComplete(path: string): Promise<boolean | undefined> {
  try {
    return companion.parse(JSON.parse(await readFile(`${path}.meta.json`, 'utf8'))).complete;
  } catch {
    return undefined;
  }
}

/** The rows of a file by column name; quotes inside a text are taken as they come. */
export function csvRows({ path, delimiter }: FoundFile): AsyncIterable<CsvRow> {
  const options = { columns: true, delimiter, bom: true, relax_quotes: true, relax_column_count: true } as const;
  return createReadStream(path).pipe(parse({ ...options, skip_empty_lines: true }));
}
