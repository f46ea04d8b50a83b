import type { Sql } from '../connect.ts';

/** One line of a report, without its sentence: the border words it in the reader's language. */
export interface ReportLine {
  readonly kind: string;
  readonly line: number;
  readonly numero: string | null;
  readonly path: string;
  readonly code: string;
  readonly values: unknown;
}

const COLUMNS = [
  'id',
  'source',
  'mode',
  'dry_run',
  'nom',
  'state',
  'error',
  'read',
  'created',
  'changed',
  'unchanged',
  'mended',
  'warned',
  'absent',
  'refused',
  'organismes_created',
  'organismes_changed',
  'organismes_unchanged',
  'started_at',
  'finished_at',
] as const;

/** An import's row as the wall shows it; undefined when it is not there or not the viewer's. */
export function readImport(sql: Sql, id: string) {
  return sql
    .selectFrom('import')
    .select(COLUMNS)
    .where('state', '!=', 'receiving')
    .where('id', '=', id)
    .executeTakeFirst();
}
export type ImportRowShown = NonNullable<Awaited<ReturnType<typeof readImport>>>;

/** Columns that a list may be sorted by. */
export const IMPORT_SORTS = ['startedAt', 'id', 'source', 'state'] as const;
const SORT_COLUMNS = { startedAt: 'started_at', id: 'id', source: 'source', state: 'state' } as const;

export interface ImportsAsked {
  readonly filter: { readonly source?: readonly string[] | undefined; readonly state?: readonly string[] | undefined };
  readonly from: number;
  readonly limit: number;
  readonly sort: readonly [(typeof IMPORT_SORTS)[number], 'asc' | 'desc'];
}

/** A page of the imports that the viewer may see, and how many there are. */
export async function listImports(sql: Sql, { filter, from, limit, sort: [column, order] }: ImportsAsked) {
  const kept = () => {
    let query = sql.selectFrom('import').where('state', '!=', 'receiving');
    if (filter.source !== undefined) query = query.where('source', 'in', [...filter.source]);
    return filter.state === undefined ? query : query.where('state', 'in', [...filter.state]);
  };
  const rows = await kept()
    .select(COLUMNS)
    .orderBy(SORT_COLUMNS[column], order)
    .orderBy('id')
    .offset(from)
    .limit(limit)
    .execute();
  const { n } = await kept()
    .select((e) => e.fn.countAll<string>().as('n'))
    .executeTakeFirstOrThrow();
  return { rows, total: Number(n) };
}

/** The lines of a report in the file's order; the caller has read the import behind the wall before. */
export function readLines(sql: Sql, id: string): Promise<ReportLine[]> {
  return sql
    .selectFrom('import_line')
    .select(['kind', 'line', 'numero', 'path', 'code', 'values'])
    .where('import_id', '=', id)
    .orderBy('rang')
    .execute();
}
