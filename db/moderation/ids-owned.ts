import { sql as raw } from 'kysely';
import type { FicheDocument } from '../../domain/model/documents.ts';
import { SofiError } from '../../domain/model/errors.ts';
import type { Sql } from '../connect.ts';

/** Every id that a document gives to a level below its own. */
function idsBelow(document: FicheDocument): string[] {
  if (document.kind === 'organisme') return document.sites.map(({ id }) => id);
  return document.actions.flatMap((action) => [
    action.id,
    ...action.sessions.flatMap((session) => [session.id, ...session.dispositifs.map(({ id }) => id)]),
  ]);
}

/** Refuses (`corps-invalide`) ids named twice in a document and ids that belong to another fiche. */
export async function requireOwnIds(sql: Sql, document: FicheDocument): Promise<void> {
  const ids = idsBelow(document);
  const seen = new Set<string>([document.id]);
  const twice = ids.filter((id) => seen.has(id) || !seen.add(id));
  const { rows } = await raw<{ id: string }>`
    select id from action where id = any (${ids}::uuid[]) and formation_id <> ${document.id}
    union all select id from session where id = any (${ids}::uuid[]) and formation_id <> ${document.id}
    union all select id from dispositif where id = any (${ids}::uuid[]) and formation_id <> ${document.id}
    union all select id from site where id = any (${ids}::uuid[]) and organisme_id <> ${document.id}
    union all select objet_id from numero_given where objet_id = any (${[document.id, ...ids]}::uuid[]) and fiche_id <> ${document.id}`.execute(
    sql,
  );
  const foreign = [...twice, ...rows.map(({ id }) => id)];
  if (foreign.length === 0) return;
  throw new SofiError('corps-invalide', 'Cannot take ids that name something else already', { ids: foreign });
}
