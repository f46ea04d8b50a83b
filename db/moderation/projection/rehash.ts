import { sql as raw } from 'kysely';
import type { FicheDocument } from '../../../domain/model/documents.ts';
import { recordset, type Sql } from '../../connect.ts';
import { rememberingHash } from '../content.ts';

/** Brings the hashes of actions and sessions to a document from which a person was removed: nothing else of them changed. */
export async function rehash(sql: Sql, document: FicheDocument): Promise<void> {
  if (document.kind !== 'formation') return;
  const hashOf = rememberingHash();
  const levels = document.actions.flatMap((action) => [action, ...action.sessions]);
  const rows = recordset(levels.map((level) => ({ id: level.id, hash: hashOf(level) })));
  for (const table of ['action', 'session'])
    await raw`update ${raw.table(table)} as t set hash = x.hash from ${rows} as x(id uuid, hash text)
      where t.id = x.id and t.hash <> x.hash`.execute(sql);
}
