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

const shown = (sql: Sql) => sql.selectFrom('import').select(COLUMNS).where('state', '!=', 'receiving');

/** An import's row as the wall shows it; undefined when it is not there or not the viewer's. */
export function readImport(sql: Sql, id: string) {
  return shown(sql).where('id', '=', id).executeTakeFirst();
}
export type ImportRowShown = NonNullable<Awaited<ReturnType<typeof readImport>>>;

/** The newest imports first, `offset` skipped. */
export function listImports(sql: Sql, page: { readonly offset: number; readonly limit: number }) {
  return shown(sql).orderBy('started_at', 'desc').orderBy('id').offset(page.offset).limit(page.limit).execute();
}

/** How many imports the viewer may see. */
export async function countImports(sql: Sql): Promise<number> {
  const row = await sql
    .selectFrom('import')
    .select((e) => e.fn.countAll<string>().as('n'))
    .where('state', '!=', 'receiving')
    .executeTakeFirstOrThrow();
  return Number(row.n);
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
