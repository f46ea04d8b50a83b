import type { Selectable } from 'kysely';
import type { FicheDocument } from '../../domain/model/documents.ts';
import { SofiError } from '../../domain/model/errors.ts';
import { OPEN_STATUTS } from '../../domain/model/statuts.ts';
import type { Sql, Tables } from '../connect.ts';

export type FicheRecord = Selectable<Tables['fiche']>;
export type SoumissionRecord = Selectable<Tables['soumission']>;

/** The fiche's row, locked until the transaction ends: every writer locks it before any soumission. */
export async function lockFiche(sql: Sql, id: string): Promise<FicheRecord | undefined> {
  return sql.selectFrom('fiche').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

/** A soumission and its fiche, both locked, the fiche first; `introuvable` behind the wall or when there is none. */
export async function lockSoumission(
  sql: Sql,
  id: string,
): Promise<{ readonly fiche: FicheRecord; readonly row: SoumissionRecord }> {
  const known = await sql.selectFrom('soumission').select('fiche_id').where('id', '=', id).executeTakeFirst();
  const fiche = known && (await lockFiche(sql, known.fiche_id));
  const row =
    fiche && (await sql.selectFrom('soumission').selectAll().where('id', '=', id).forUpdate().executeTakeFirst());
  if (fiche === undefined || row === undefined) {
    throw new SofiError('introuvable', `Cannot find soumission "${id}"`, { soumission: id });
  }
  return { fiche, row };
}

/** The open soumission of a fiche, if any; at most one by a unique index. */
export function openSoumissionOf(sql: Sql, ficheId: string) {
  return sql
    .selectFrom('soumission')
    .selectAll()
    .where('fiche_id', '=', ficheId)
    .where('statut', 'in', [...OPEN_STATUTS])
    .executeTakeFirst();
}

/** An accepted version of a fiche; null for version 0 and for one that does not exist. */
export async function acceptedVersion(
  sql: Sql,
  ficheId: string,
  n: number,
): Promise<{ readonly document: FicheDocument; readonly hash: string; readonly retrait: boolean } | null> {
  const row = await sql
    .selectFrom('fiche_version')
    .select(['document', 'hash', 'retrait'])
    .where('fiche_id', '=', ficheId)
    .where('n', '=', n)
    .executeTakeFirst();
  return row ?? null;
}
