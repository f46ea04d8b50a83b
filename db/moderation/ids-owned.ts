import { sql as raw } from 'kysely';
import type { FicheDocument } from '../../domain/model/documents.ts';
import { SofiError } from '../../domain/model/errors.ts';
import type { Sql } from '../connect.ts';

/** Every id that a document gives to a level below its own. */
export function idsBelow(document: FicheDocument): string[] {
  if (document.kind === 'organisme') return document.sites.map(({ id }) => id);
  return document.actions.flatMap((action) => [
    action.id,
    ...action.sessions.flatMap((session) => [session.id, ...session.dispositifs.map(({ id }) => id)]),
  ]);
}

/** Ids of each document (by the fiche's id) that are named twice, within it or by an earlier one. */
function repeatedIds(documents: readonly FicheDocument[]): Map<string, string[]> {
  const seen = new Set(documents.map(({ id }): string => id));
  return new Map(
    documents.map((document) => [document.id, idsBelow(document).filter((id) => seen.has(id) || !seen.add(id))]),
  );
}

interface Foreign {
  readonly fiche: string;
  readonly id: string;
}

/** Ids that belong to another fiche than the one that names them. */
async function foreignIds(sql: Sql, documents: readonly FicheDocument[]): Promise<readonly Foreign[]> {
  const named = documents.flatMap((document) => idsBelow(document).map((id) => ({ id, fiche: document.id })));
  const all = [...named, ...documents.map(({ id }) => ({ id, fiche: id }))];
  const { rows } = await raw<Foreign>`
    with x as materialized (
      select * from unnest(${all.map(({ id }) => id)}::uuid[], ${all.map(({ fiche }) => fiche)}::uuid[]) as x(id, fiche))
    select x.fiche, x.id from x join action o on o.id = x.id and o.formation_id <> x.fiche
    union all select x.fiche, x.id from x join session o on o.id = x.id and o.formation_id <> x.fiche
    union all select x.fiche, x.id from x join dispositif o on o.id = x.id and o.formation_id <> x.fiche
    union all select x.fiche, x.id from x join site o on o.id = x.id and o.organisme_id <> x.fiche
    union all select x.fiche, x.id from x join numero_given o on o.objet_id = x.id and o.fiche_id <> x.fiche`.execute(
    sql,
  );
  return rows;
}

/** The refusals (`corps-invalide`), by fiche, of ids named twice and of ids that belong to another fiche. */
export async function foreignIdRefusals(
  sql: Sql,
  documents: readonly FicheDocument[],
): Promise<Map<string, SofiError>> {
  const repeated = repeatedIds(documents);
  const foreign = await foreignIds(sql, documents);
  const refusals = new Map<string, SofiError>();
  for (const { id: fiche } of documents) {
    const ids = [...(repeated.get(fiche) ?? []), ...foreign.flatMap((one) => (one.fiche === fiche ? [one.id] : []))];
    if (ids.length === 0) continue;
    refusals.set(fiche, new SofiError('corps-invalide', 'Cannot take ids that name something else already', { ids }));
  }
  return refusals;
}

/** Throws that refusal for one document. */
export async function requireOwnIds(sql: Sql, document: FicheDocument): Promise<void> {
  const refusal = (await foreignIdRefusals(sql, [document])).get(document.id);
  if (refusal !== undefined) throw refusal;
}
