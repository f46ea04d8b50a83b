import { sql as raw, type Selectable } from 'kysely';
import type { FicheDocument } from '../../domain/model/documents.ts';
import { SofiError } from '../../domain/model/errors.ts';
import { OPEN_STATUTS } from '../../domain/model/statuts.ts';
import type { Sql, Tables } from '../connect.ts';

export type FicheRecord = Selectable<Tables['fiche']>;
export type SoumissionRecord = Selectable<Tables['soumission']>;

/** What commands read of a soumission: all but its large contents. */
export const STEP_COLUMNS = [
  'id',
  'fiche_id',
  'organisme_id',
  'kind',
  'partiel',
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
  'escalade_le',
] as const satisfies readonly (keyof SoumissionRecord)[];
export type StepRecord = Pick<SoumissionRecord, (typeof STEP_COLUMNS)[number]>;

/** True when an approval takes the whole fiche out of the offer. */
export const leavesOffer = ({ kind, partiel }: Pick<StepRecord, 'kind' | 'partiel'>): boolean =>
  kind === 'withdrawal' && !partiel;

/** The fiche's row, locked until the transaction ends: every writer locks it before any soumission. */
export async function lockFiche(sql: Sql, id: string): Promise<FicheRecord | undefined> {
  return sql.selectFrom('fiche').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

/** The same for many fiches, in the order of their ids; by id. */
export async function lockFiches(sql: Sql, ids: readonly string[]): Promise<Map<string, FicheRecord>> {
  if (ids.length === 0) return new Map();
  const rows = await sql
    .selectFrom('fiche')
    .selectAll()
    .where('id', 'in', [...new Set(ids)])
    .orderBy('id')
    .forUpdate()
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

export function noSoumission(id: string): SofiError {
  return new SofiError('introuvable', `Cannot find soumission "${id}"`, { soumission: id });
}

/** The fiche of a soumission, locked; `introuvable` behind the wall or when there is none. */
export async function lockFicheOf(sql: Sql, id: string): Promise<FicheRecord> {
  const fiche = await sql
    .selectFrom('fiche')
    .selectAll()
    .where('id', '=', (eb) => eb.selectFrom('soumission').select('fiche_id').where('soumission.id', '=', id))
    .forUpdate()
    .executeTakeFirst();
  if (fiche === undefined) throw noSoumission(id);
  return fiche;
}

/** A soumission and its fiche, both locked, the fiche first; `introuvable` behind the wall or when there is none. */
export async function lockSoumission(sql: Sql, id: string) {
  const fiche = await lockFicheOf(sql, id);
  const row = await sql.selectFrom('soumission').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (row === undefined) throw noSoumission(id);
  return { fiche, row };
}

/** Soumissions and their fiches, all locked, the fiches first and in the order of their ids; those that are not there are left out. */
export async function lockForSteps(
  sql: Sql,
  ids: readonly string[],
): Promise<Map<string, { readonly fiche: FicheRecord; readonly row: StepRecord }>> {
  if (ids.length === 0) return new Map();
  const of = await sql
    .selectFrom('soumission')
    .select('fiche_id')
    .where('id', 'in', [...ids])
    .execute();
  const fiches = await lockFiches(
    sql,
    of.map(({ fiche_id }) => fiche_id),
  );
  const rows = await sql
    .selectFrom('soumission')
    .select(STEP_COLUMNS)
    .where('id', 'in', [...ids])
    .forUpdate()
    .execute();
  return new Map(
    rows.flatMap((row) => {
      const fiche = fiches.get(row.fiche_id);
      return fiche === undefined ? [] : [[row.id, { fiche, row }] as const];
    }),
  );
}

/** Soumissions as commands read them, not locked; by id. */
export async function stepRecords(sql: Sql, ids: readonly string[]): Promise<Map<string, StepRecord>> {
  const rows = await sql
    .selectFrom('soumission')
    .select(STEP_COLUMNS)
    .where(raw<boolean>`id = any (${[...ids]}::uuid[])`)
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
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

/** The ids of the open soumissions of fiches, by fiche. */
export async function openSoumissionsOf(sql: Sql, ficheIds: readonly string[]): Promise<Map<string, string>> {
  if (ficheIds.length === 0) return new Map();
  const rows = await sql
    .selectFrom('soumission')
    .select(['id', 'fiche_id'])
    .where('fiche_id', 'in', [...ficheIds])
    .where('statut', 'in', [...OPEN_STATUTS])
    .execute();
  return new Map(rows.map(({ id, fiche_id }) => [fiche_id, id]));
}

/** A version of a fiche that was accepted. */
export interface AcceptedVersion {
  readonly document: FicheDocument;
  readonly hash: string;
  readonly retrait: boolean;
}

export interface VersionName {
  readonly ficheId: string;
  readonly n: number;
}

/** Finds an accepted version among those that were read; null for version 0 and for one that does not exist. */
export type VersionOf = (name: VersionName) => AcceptedVersion | null;

/** Accepted versions of many fiches, in one question. */
export async function acceptedVersions(sql: Sql, names: readonly VersionName[]): Promise<VersionOf> {
  const asked = names.filter(({ n }) => n > 0);
  if (asked.length === 0) return () => null;
  const { rows } = await raw<AcceptedVersion & { fiche_id: string; n: number }>`
    select v.fiche_id, v.n, v.document, v.hash, v.retrait
    from unnest(${asked.map(({ ficheId }) => ficheId)}::uuid[], ${asked.map(({ n }) => n)}::int[]) as x(fiche_id, n)
    join fiche_version v on v.fiche_id = x.fiche_id and v.n = x.n`.execute(sql);
  const found = new Map(rows.map((row) => [`${row.fiche_id}/${row.n}`, row]));
  return ({ ficheId, n }) => found.get(`${ficheId}/${n}`) ?? null;
}

/** One accepted version of a fiche; null for version 0 and for one that does not exist. */
export async function acceptedVersion(sql: Sql, ficheId: string, n: number): Promise<AcceptedVersion | null> {
  return (await acceptedVersions(sql, [{ ficheId, n }]))({ ficheId, n });
}
