import type { Selectable } from 'kysely';
import type { FicheDocument } from '../../domain/model/documents.ts';
import { SofiError } from '../../domain/model/errors.ts';
import { OPEN_STATUTS } from '../../domain/model/statuts.ts';
import type { Sql, Tables } from '../connect.ts';

export type FicheRecord = Selectable<Tables['fiche']>;
export type SoumissionRecord = Selectable<Tables['soumission']>;

/** What commands read of a soumission: all but its large contents. */
const STEP_COLUMNS = [
  'id',
  'fiche_id',
  'organisme_id',
  'kind',
  'source',
  'statut',
  'version',
  'seq',
  'base_version',
  'conduite',
  'save_number',
  'auteur_id',
  'pour_of',
  'echeances',
  'motif',
  'created_at',
  'deposee_le',
  'decidee_le',
  'accepted_n',
] as const satisfies readonly (keyof SoumissionRecord)[];
export type StepRecord = Pick<SoumissionRecord, (typeof STEP_COLUMNS)[number]>;

/** The fiche's row, locked until the transaction ends: every writer locks it before any soumission. */
export async function lockFiche(sql: Sql, id: string): Promise<FicheRecord | undefined> {
  return sql.selectFrom('fiche').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

async function lockBoth<R>(
  sql: Sql,
  id: string,
  lockRow: () => Promise<R | undefined>,
): Promise<{ readonly fiche: FicheRecord; readonly row: R }> {
  const fiche = await sql
    .selectFrom('fiche')
    .selectAll()
    .where('id', '=', (eb) => eb.selectFrom('soumission').select('fiche_id').where('soumission.id', '=', id))
    .forUpdate()
    .executeTakeFirst();
  const row = fiche && (await lockRow());
  if (fiche === undefined || row === undefined) {
    throw new SofiError('introuvable', `Cannot find soumission "${id}"`, { soumission: id });
  }
  return { fiche, row };
}

/** A soumission and its fiche, both locked, the fiche first; `introuvable` behind the wall or when there is none. */
export function lockSoumission(sql: Sql, id: string) {
  return lockBoth(sql, id, () =>
    sql.selectFrom('soumission').selectAll().where('id', '=', id).forUpdate().executeTakeFirst(),
  );
}

/** The same, with what commands read only. */
export function lockForStep(sql: Sql, id: string) {
  return lockBoth(sql, id, () =>
    sql.selectFrom('soumission').select(STEP_COLUMNS).where('id', '=', id).forUpdate().executeTakeFirst(),
  );
}

/** A soumission as commands read it, not locked. */
export function stepRecord(sql: Sql, id: string): Promise<StepRecord | undefined> {
  return sql.selectFrom('soumission').select(STEP_COLUMNS).where('id', '=', id).executeTakeFirst();
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

/** The same without its document; undefined when there is none. */
export function acceptedHead(sql: Sql, ficheId: string, n: number) {
  return sql
    .selectFrom('fiche_version')
    .select(['hash', 'retrait'])
    .where('fiche_id', '=', ficheId)
    .where('n', '=', n)
    .executeTakeFirst();
}
