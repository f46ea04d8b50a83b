import { sql as raw, type SelectQueryBuilder } from 'kysely';

/** A slice of a list: `from` rows are skipped, at most `limit` are read. */
export interface Slice<F, S extends string> {
  readonly filter: F;
  readonly from: number;
  readonly limit: number;
  readonly sort: readonly [column: S, order: 'asc' | 'desc'];
}

interface Sliced<DB, TB extends keyof DB, O> {
  readonly rows: SelectQueryBuilder<DB, TB, O>;
  /** The same rows with nothing selected: what is counted. */
  readonly all: SelectQueryBuilder<DB, TB, object>;
  /** The column of each sort, and the one that makes the order total. */
  readonly columns: Readonly<Record<string, string>> & { readonly id: string };
}

/** A slice of what a query finds, in the asked order, with the exact count of all. */
export async function readSlice<DB, TB extends keyof DB, O>(
  { rows, all, columns }: Sliced<DB, TB, O>,
  { from, limit, sort: [name, order] }: Slice<unknown, string>,
): Promise<{ readonly rows: O[]; readonly total: number }> {
  const column = raw.ref(columns[name] ?? columns.id);
  const slice = await rows.orderBy(column, order).orderBy(raw.ref(columns.id)).offset(from).limit(limit).execute();
  const counted = await all.select(raw<string>`count(*)`.as('n')).executeTakeFirstOrThrow();
  return { rows: slice, total: Number((counted as { readonly n: string }).n) };
}

/** A pattern for `ilike` that finds the words anywhere, whatever signs they hold. */
export const containing = (words: string) => `%${words.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
