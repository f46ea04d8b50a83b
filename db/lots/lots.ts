import type { FieldRequest } from '../../domain/model/requests.ts';
import type { LotItemState, LotState } from '../../domain/model/vie.ts';
import type { DecisionKind } from '../../domain/model/vocabulary.ts';
import { json, type Sql, type Viewer } from '../connect.ts';

export interface NewLot {
  readonly viewer: Viewer;
  readonly kind: DecisionKind;
  readonly motif: string | null;
  readonly champs: readonly FieldRequest[] | null;
  readonly items: readonly { readonly id: string; readonly version: number }[];
  readonly at: number;
}

/** Writes a lot with what it is to decide; answers its id. */
export async function createLot(sql: Sql, input: NewLot): Promise<string> {
  const { viewer, kind, motif, champs, items, at } = input;
  const { id } = await sql
    .insertInto('lot')
    .values({
      user_id: viewer.userId,
      role: viewer.role,
      kind,
      motif,
      champs: champs === null ? null : json([...champs]),
      created_at: new Date(at),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await sql
    .insertInto('lot_item')
    .values(items.map((item, rang) => ({ lot_id: id, rang, soumission_id: item.id, version: item.version })))
    .execute();
  return id;
}

/** A lot as it stands; undefined behind the wall. */
export async function readLot(sql: Sql, id: string) {
  return sql
    .selectFrom('lot')
    .leftJoin('user_account', 'user_account.id', 'lot.user_id')
    .select([
      'lot.id',
      'lot.kind',
      'lot.motif',
      'lot.champs',
      'lot.state',
      'lot.user_id',
      'lot.created_at',
      'lot.finished_at',
    ])
    .select(['lot.role', 'user_account.nom'])
    .where('lot.id', '=', id)
    .executeTakeFirst();
}

/** The items of a lot in their order, with what a list calls them. */
export function readLotItems(sql: Sql, id: string) {
  return sql
    .selectFrom('lot_item')
    .innerJoin('soumission', 'soumission.id', 'lot_item.soumission_id')
    .select(['lot_item.rang', 'lot_item.soumission_id', 'lot_item.version', 'lot_item.state', 'lot_item.code'])
    .select(['lot_item.details', 'lot_item.at', 'soumission.titre', 'soumission.statut'])
    .where('lot_item.lot_id', '=', id)
    .orderBy('lot_item.rang')
    .execute();
}

/** The next items of a lot in one of the given states, in their order. */
export function lotItemsIn(sql: Sql, id: string, state: LotItemState, limit: number) {
  return sql
    .selectFrom('lot_item')
    .innerJoin('soumission', 'soumission.id', 'lot_item.soumission_id')
    .innerJoin('fiche', 'fiche.id', 'soumission.fiche_id')
    .select(['lot_item.rang', 'lot_item.soumission_id', 'lot_item.version', 'fiche.kind'])
    .where('lot_id', '=', id)
    .where('lot_item.state', '=', state)
    .orderBy('lot_item.rang')
    .limit(limit)
    .execute();
}

export interface LotResult {
  readonly state: LotItemState;
  readonly code?: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Keeps what became of one item. */
export async function keepLotResult(
  sql: Sql,
  item: { readonly lotId: string; readonly rang: number; readonly at: number },
  { state, code, details }: LotResult,
): Promise<void> {
  await sql
    .updateTable('lot_item')
    .set({
      state,
      code: code ?? null,
      details: details === undefined ? null : json<Record<string, unknown>>(details),
      at: new Date(item.at),
    })
    .where('lot_id', '=', item.lotId)
    .where('rang', '=', item.rang)
    .execute();
}

/** Moves a lot to its next state from one of those given; false when it stands elsewhere. */
export async function moveLot(
  sql: Sql,
  id: string,
  move: { readonly from: readonly LotState[]; readonly to: LotState; readonly at: number },
): Promise<boolean> {
  const finished = move.to === 'done' || move.to === 'undone';
  const moved = await sql
    .updateTable('lot')
    .set({ state: move.to, finished_at: finished ? new Date(move.at) : null })
    .where('id', '=', id)
    .where('state', 'in', [...move.from])
    .returning('id')
    .executeTakeFirst();
  return moved !== undefined;
}
