import { type RawBuilder, sql as raw } from 'kysely';
import { isArray, isRecord } from '../../domain/model/json.ts';
import { valueWithout } from '../../domain/model/remove-person.ts';
import type { Remover } from '../../domain/model/removed-traces.ts';
import { type FieldWords, fieldsWithout, namedPlaces } from '../../domain/model/removed-words.ts';
import { json, type Sql } from '../connect.ts';

/** A table in which people's words are kept: its key, its columns of text, its columns of JSON. */
export interface WordsTable {
  readonly table: string;
  readonly key: readonly string[];
  readonly texts?: readonly string[];
  readonly values?: readonly string[];
}

type Row = Readonly<Record<string, unknown>>;

/** Members, of any JSON, that hold what was written about fields. */
const FIELDS: ReadonlySet<string> = new Set(['champs', 'mends']);

const areFields = (value: unknown): value is readonly FieldWords[] =>
  isArray(value) && value.length > 0 && value.every((item) => isRecord(item) && typeof item.path === 'string');

/** A value of a column, or of a member of it, without the persons. */
function cleaned(remover: Remover, places: ReadonlySet<string>, key: string, value: unknown): unknown {
  if (FIELDS.has(key) && areFields(value))
    return fieldsWithout(value, remover, new Set([...places, ...namedPlaces([], value, remover)]));
  if (key === 'coordonnees' || !isRecord(value)) return valueWithout(remover, key, value);
  const members = Object.entries(value);
  const left = members.map(([name, inner]): [string, unknown] => [name, cleaned(remover, places, name, inner)]);
  return left.every(([, inner], index) => inner === members[index]?.[1]) ? value : Object.fromEntries(left);
}

const columnsOf = (names: readonly string[]) => raw.join(names.map((name) => raw.ref(name)));
const valuesOf = (key: readonly string[], row: Row) => raw.join(key.map((name) => row[name]));

/** The rows of a table, page by page in the order of its key. */
async function* rowsOf(sql: Sql, { table, key, texts = [], values = [] }: WordsTable, where: RawBuilder<unknown>) {
  const page = 200;
  let after: RawBuilder<unknown> = raw`true`;
  for (;;) {
    const { rows } = await raw<Row>`select ${columnsOf([...key, ...texts, ...values])} from ${raw.table(table)}
      where ${where} and ${after} order by ${columnsOf(key)} limit ${page}`.execute(sql);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < page) return;
    after = raw`(${columnsOf(key)}) > (${valuesOf(key, last)})`;
  }
}

/** Takes persons out of the words of some rows of a table, in pages; answers how many rows named them. */
export async function eraseWordsIn(
  sql: Sql,
  given: WordsTable,
  where: RawBuilder<unknown>,
  remover: Remover,
  places: ReadonlySet<string> = new Set(),
): Promise<number> {
  const { table, key, texts = [], values = [] } = given;
  let changed = 0;
  for await (const row of rowsOf(sql, given, where)) {
    const left = [...texts, ...values]
      .map((name) => ({ name, value: cleaned(remover, places, name, row[name]) }))
      .filter(({ name, value }) => value !== row[name]);
    if (left.length === 0) continue;
    changed += 1;
    const set = left.map(({ name, value }) => raw`${raw.ref(name)} = ${texts.includes(name) ? value : json(value)}`);
    await raw`update ${raw.table(table)} set ${raw.join(set)}
      where (${columnsOf(key)}) = (${valuesOf(key, row)})`.execute(sql);
  }
  return changed;
}

const ID = ['id'];
/** The words that were kept for an act. */
export const OUTBOX_WORDS: WordsTable = { table: 'outbox', key: ID, values: ['payload'] };
const BY_VERSION = ['soumission_id', 'version'];

/** Where words beside the documents of a fiche are kept, and by which column they belong to it or to its soumissions. */
export const FICHE_WORDS: readonly (WordsTable & { readonly of: 'fiche' | 'soumission'; readonly by: string })[] = [
  { table: 'soumission', key: ID, texts: ['titre', 'motif'], values: ['controles'], of: 'fiche', by: 'fiche_id' },
  { table: 'message', key: ID, texts: ['texte'], of: 'fiche', by: 'fiche_id' },
  { table: 'decision', key: ID, texts: ['motif'], values: ['champs'], of: 'soumission', by: 'soumission_id' },
  { table: 'mend', key: BY_VERSION, values: ['champs'], of: 'soumission', by: 'soumission_id' },
  { ...OUTBOX_WORDS, of: 'soumission', by: 'subject_id' },
  {
    table: 'voie_usage',
    key: [...BY_VERSION, 'voie_id'],
    texts: ['commentaire'],
    of: 'soumission',
    by: 'soumission_id',
  },
  { table: 'formation', key: ID, texts: ['intitule'], of: 'fiche', by: 'id' },
  { table: 'action', key: ID, texts: ['commune'], of: 'fiche', by: 'formation_id' },
  { table: 'organisme', key: ID, texts: ['nom', 'raison_sociale', 'commune'], of: 'fiche', by: 'id' },
  { table: 'site', key: ID, texts: ['nom', 'commune'], of: 'fiche', by: 'organisme_id' },
];

/** What was written about fields of a fiche: requests, corrections, and wishes not yet or no longer acted on. */
export async function fieldsOf(sql: Sql, ficheId: string): Promise<FieldWords[]> {
  const { rows } = await raw<{ champs: unknown }>`
    with s as (select id from soumission where fiche_id = ${ficheId})
    select champs from decision where soumission_id in (select id from s) and champs is not null
    union all select champs from mend where soumission_id in (select id from s)
    union all select payload -> 'champs' from outbox where subject_id in (select id from s) and payload ? 'champs'
    union all select payload -> 'mends' from outbox where subject_id in (select id from s) and payload ? 'mends'`.execute(
    sql,
  );
  return rows.flatMap(({ champs }) => (areFields(champs) ? champs : []));
}

/** Takes persons out of what was written beside the documents of a fiche; answers how many rows named them. */
export async function eraseFicheWords(
  sql: Sql,
  ficheId: string,
  remover: Remover,
  places: ReadonlySet<string>,
): Promise<number> {
  let changed = 0;
  for (const { of, by, ...table } of FICHE_WORDS) {
    const own =
      of === 'fiche' ? raw`${ficheId}::uuid` : raw`any (select id from soumission where fiche_id = ${ficheId}::uuid)`;
    changed += await eraseWordsIn(sql, table, raw`${raw.ref(by)} = ${own}`, remover, places);
  }
  return changed;
}
