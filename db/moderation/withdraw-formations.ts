import { SofiError } from '../../domain/model/errors.ts';
import type { InstantMs } from '../../domain/model/ids.ts';
import type { Actor } from '../../domain/model/requests.ts';
import type { Sql } from '../connect.ts';
import { restoreEarlier } from './accept.ts';
import type { Step } from './commands/step.ts';
import { requireLast, requireUnfrozen } from './frozen.ts';
import { appendJournal } from './journal.ts';
import { lockFiche, stepRecord } from './rows.ts';
import { withdrawDecided } from './withdraw-at-once.ts';

/** Formations of an organisme that are in the offer, or those of some of its sessions with these. */
export async function formationsToWithdraw(
  sql: Sql,
  organismeId: string,
  sessions: readonly string[] | undefined,
): Promise<{ readonly id: string; readonly sessions?: readonly string[] }[]> {
  const inOffer = sql
    .selectFrom('fiche')
    .select('id')
    .where('organisme_id', '=', organismeId)
    .where('kind', '=', 'formation')
    .where('version_n', '>', 0)
    .where('fermee_le', 'is', null)
    .orderBy('id');
  if (sessions === undefined) return inOffer.execute();
  const rows = await sql
    .selectFrom('session')
    .select(['id', 'formation_id'])
    .where('id', 'in', [...sessions])
    .where('formation_id', 'in', inOffer)
    .orderBy('formation_id')
    .execute();
  const unknown = sessions.filter((id) => !rows.some((row) => row.id === id));
  if (unknown.length > 0) throw new SofiError('introuvable', 'Cannot withdraw unknown sessions', { sessions: unknown });
  return [...Map.groupBy(rows, (row) => row.formation_id)].map(([id, own]) => ({
    id,
    sessions: own.map((row) => row.id),
  }));
}

/** The formations of an organisme that leaves the offer leave with it, in the transaction of the decision. */
export async function withdrawWithOrganisme({ sql, row, fiche, at, region }: Step, by: Actor): Promise<void> {
  const motif = row.motif ?? '';
  for (const { id: ficheId } of await formationsToWithdraw(sql, fiche.id, undefined)) {
    await withdrawDecided(sql, { ficheId, by, at: at as InstantMs, motif, region, suiteDe: row.id });
  }
}

/** They come back when that decision is undone. Refuses `annulation-depassee` when one of them went on. */
export async function restoreWithOrganisme({ sql, row, at, region }: Step, by: Actor): Promise<void> {
  const own = await sql
    .selectFrom('soumission')
    .select(['id', 'fiche_id'])
    .where('suite_de', '=', row.id)
    .where('statut', '=', 'validee')
    .orderBy('fiche_id')
    .execute();
  for (const { id, fiche_id } of own) {
    const fiche = await lockFiche(sql, fiche_id);
    const record = await stepRecord(sql, id);
    if (fiche === undefined || record === undefined) continue;
    await requireUnfrozen(sql, fiche, 'annulation-depassee');
    await requireLast(sql, fiche, record);
    const accepted = await restoreEarlier({ sql, at, region, fiche, row: record });
    await sql
      .updateTable('soumission')
      .set({ statut: 'retiree', seq: record.seq + 1 })
      .where('id', '=', id)
      .execute();
    const place = { ficheId: fiche.id, organismeId: fiche.organisme_id, soumissionId: id, at: new Date(at) };
    const told = { act: 'retirer', fromStatut: 'validee', toStatut: 'retiree', data: { accepted } } as const;
    await appendJournal(sql, [{ ...place, ...told, by: by.userId, role: by.role }]);
  }
}
