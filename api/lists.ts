import { z } from 'zod';
import { texte, uuid } from '../domain/contract/common.ts';
import type { Answer } from './answer.ts';
import { csvOf } from './csv.ts';

const MAX_ROWS = 1_000;
const MAX_CSV_ROWS = 50_000;
const DEFAULT_RANGE = [0, 24] as const;

/** A parameter that holds JSON: bad JSON is a bad field, not a crash. */
const jsonText = <T>(schema: z.ZodType<T>) =>
  texte(20_000)
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue({ code: 'custom', message: 'invalide' });
        return z.NEVER;
      }
    })
    .pipe(schema);

/** A filter's value: one, or any of a list, which names at least one. */
export const anyOf = <T>(schema: z.ZodType<T>) =>
  z
    .union([schema, z.array(schema).min(1).max(1_000)])
    .transform((value): readonly T[] => (Array.isArray(value) ? (value as T[]) : [value as T]));

/** Words to look for. */
export const searched = texte(200).transform((text) => text.trim());
export const ids = anyOf(uuid);

const range = z
  .tuple([z.int().min(0), z.int().min(0)])
  .refine(([from, to]) => to >= from && to - from < MAX_ROWS, { message: 'invalide' });

export interface ListAsked<F, S extends string> {
  readonly filter: F;
  readonly from: number;
  /** At most this many rows. */
  readonly limit: number;
  readonly sort: readonly [column: S, order: 'asc' | 'desc'];
}

/**
 * The parameters of a list in react-admin's simple-rest form: `filter` an object of the given keys, `range` inclusive
 * and at most 1 000 rows, `sort` a column and `ASC` or `DESC`, all as JSON.
 */
export function listQuery<F, const S extends string>(
  filter: z.ZodType<F>,
  sorts: readonly [S, ...S[]],
  first: readonly [S, 'asc' | 'desc'],
): z.ZodType<ListAsked<F, S>> {
  const sort = z.tuple([z.enum(sorts), z.enum(['ASC', 'DESC', 'asc', 'desc'])]);
  return z
    .strictObject({
      filter: jsonText(filter).optional(),
      range: jsonText(range).optional(),
      sort: jsonText(sort).optional(),
    })
    .transform((asked) => {
      const [from, to] = asked.range ?? DEFAULT_RANGE;
      const [column, order] = asked.sort ?? first;
      return {
        filter: asked.filter ?? filter.parse({}),
        from,
        limit: to - from + 1,
        sort: [column as S, order.toLowerCase() === 'desc' ? ('desc' as const) : ('asc' as const)] as const,
      };
    });
}

export interface Page {
  readonly rows: readonly object[];
  /** All rows that the filter keeps, exactly. */
  readonly total: number;
}

/** What a list answers: JSON with `Content-Range`, or the same rows as CSV. */
export function listAnswer(noun: string, { rows, total }: Page, from: number, csv: boolean): Answer {
  const last = rows.length === 0 ? from : from + rows.length - 1;
  const range = `${noun} ${from}-${last}/${total}`;
  if (!csv) return { body: rows, headers: { 'Content-Range': range } };
  return {
    body: csvOf(rows),
    headers: {
      'Content-Range': range,
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${noun}.csv"`,
    },
  };
}

/** The same list without a page: what `.csv` gives when no range is asked. */
export function wholeList<F, S extends string>(asked: ListAsked<F, S>): ListAsked<F, S> {
  return { ...asked, from: 0, limit: MAX_CSV_ROWS };
}
