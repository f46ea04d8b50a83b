import type { Channel, ImportSource, Role } from '../../domain/model/vocabulary.ts';
import { IMPORT_SOURCES, ROLES } from '../../domain/model/vocabulary.ts';
import { json, type Sql } from '../connect.ts';

/** What a run needs to know of its import. */
export interface ImportToRun {
  readonly id: string;
  readonly source: ImportSource;
  readonly channel: Extract<Channel, 'fichier' | 'flux'>;
  readonly trusted: boolean;
  readonly dryRun: boolean;
  /** What the file does not hold is withdrawn. */
  readonly complet: boolean;
  readonly state: string;
  /** Formations done with. */
  readonly cursor: number;
  readonly organismes: readonly string[] | undefined;
  readonly userId: string;
  readonly role: Role;
}

/** The import's row; undefined when there is none, or none of a declared source. */
export async function importToRun(sql: Sql, id: string): Promise<ImportToRun | undefined> {
  const row = await sql
    .selectFrom('import as i')
    .leftJoin('user_account as u', 'u.id', 'i.user_id')
    .select(['i.id', 'i.source', 'i.dry_run', 'i.mode', 'i.state', 'i.cursor', 'i.organismes', 'i.user_id', 'u.role'])
    .where('i.id', '=', id)
    .executeTakeFirst();
  if (row === undefined || !Object.hasOwn(IMPORT_SOURCES, row.source)) return undefined;
  const source = row.source as ImportSource;
  return {
    id: row.id,
    source,
    channel: IMPORT_SOURCES[source].channel,
    trusted: IMPORT_SOURCES[source].trusted,
    dryRun: row.dry_run,
    complet: row.mode === 'complet' && IMPORT_SOURCES[source].complet,
    state: row.state,
    cursor: row.cursor,
    organismes: row.organismes ?? undefined,
    userId: row.user_id,
    role: ROLES.find((role) => role === row.role) ?? 'administrateur',
  };
}

/** Locks the import at a cursor, so that a page is done by one run; false when another run went on. */
export async function lockAtCursor(sql: Sql, id: string, cursor: number): Promise<boolean> {
  const row = await sql
    .selectFrom('import')
    .select(['cursor', 'state'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row?.cursor === cursor && row.state === 'running';
}

/** Ends an import; its bytes are no longer needed. */
export async function finishImport(sql: Sql, id: string, failure?: { readonly code: string; readonly line?: number }) {
  await sql
    .updateTable('import')
    .set({
      state: failure === undefined ? 'done' : 'failed',
      error: failure === undefined ? null : json<unknown>(failure),
      finished_at: new Date(),
    })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .execute();
  await sql.deleteFrom('import_octets').where('import_id', '=', id).execute();
}

/** Forgets files whose sender went away in the middle, a day later. */
export async function forgetAbandoned(sql: Sql, now: Date): Promise<void> {
  const dayBefore = new Date(now.getTime() - 86_400_000);
  await sql.deleteFrom('import').where('state', '=', 'receiving').where('started_at', '<', dayBefore).execute();
}
