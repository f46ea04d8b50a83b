import type { Sql } from '../../db/connect.ts';
import { readLot, readLotItems } from '../../db/lots/lots.ts';
import type { LotDto } from '../../domain/contract/vie.contract.ts';
import { errorEntry, isErrorCode, SofiError } from '../../domain/model/errors.ts';
import type { Lang } from '../../domain/model/words.ts';
import { iso, isoOrNull } from '../time.ts';

type People = ReadonlyMap<string, { readonly id: string; readonly nom: string; readonly role: string }>;

/** The people that results name by id. */
async function peopleOf(sql: Sql, ids: readonly string[]): Promise<People> {
  if (ids.length === 0) return new Map();
  const rows = await sql.selectFrom('user_account').select(['id', 'nom', 'role']).where('id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id, row]));
}

const holderOf = (details: Readonly<Record<string, unknown>> | null) =>
  typeof details?.par === 'string' ? [details.par] : [];

/** A lot with the result of each item; `introuvable` behind the wall. */
export async function lotDto(sql: Sql, id: string, langue: Lang): Promise<LotDto> {
  const lot = await readLot(sql, id);
  if (lot === undefined) throw new SofiError('introuvable', `Cannot find lot "${id}"`, { lot: id });
  const items = await readLotItems(sql, id);
  const people = await peopleOf(
    sql,
    items.flatMap(({ details }) => holderOf(details)),
  );
  const waits = lot.state === 'undoing' ? 'decided' : 'waiting';
  return {
    id: lot.id,
    kind: lot.kind,
    motif: lot.motif,
    champs: (lot.champs ?? []).map(({ path, reason, comment }) => ({ path, reason, comment })),
    state: lot.state,
    by: { id: lot.user_id, nom: lot.nom ?? '', role: lot.role },
    at: iso(lot.created_at),
    finishedAt: isoOrNull(lot.finished_at),
    total: items.length,
    done: items.filter(({ state }) => state !== waits).length,
    items: items.map((item) => ({
      id: item.soumission_id,
      version: item.version,
      titre: item.titre,
      statut: item.statut,
      state: item.state,
      code: item.code,
      title: item.code !== null && isErrorCode(item.code) ? errorEntry(item.code).title[langue] : null,
      by: people.get(holderOf(item.details)[0] ?? '') ?? null,
    })),
  };
}
