/** A slice of a list: `from` rows are skipped, at most `limit` are read. */
export interface Slice<F, S extends string> {
  readonly filter: F;
  readonly from: number;
  readonly limit: number;
  readonly sort: readonly [column: S, order: 'asc' | 'desc'];
}

/** A pattern for `ilike` that finds the words anywhere, whatever signs they hold. */
export const containing = (words: string) => `%${words.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
