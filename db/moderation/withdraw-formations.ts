import { sql as raw } from 'kysely';
import { SofiError } from '../../domain/model/errors.ts';
import type { Actor } from '../../domain/model/requests.ts';
import type { Sql } from '../connect.ts';
import { restoreAllEarlier, toldOf } from './accept.ts';
import type { Step } from './commands/step.ts';
import { requireLast, requireUnfrozen } from './frozen.ts';
import { appendJournal, type JournalEntry } from './journal.ts';
import { lockFiches, stepRecords } from './rows.ts';
import { type ToWithdraw, WITHDRAWN_PAGE, withdrawDecided } from './withdraw-decided.ts';

/** Formations of an organisme that are in the offer, or those of some of its sessions with these. */
export async function formationsToWithdraw(
  sql: Sql,
  organismeId: string,
  sessions: readonly string[] | undefined,
): Promise<ToWithdraw[]> {
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
  const input = { by, at, motif: row.motif ?? '', region, suiteDe: row.id };
  await withdrawDecided(sql, input, await formationsToWithdraw(sql, fiche.id, undefined));
}

interface Left {
  readonly id: string;
  readonly fiche_id: string;
}

async function restorePage({ sql, at, region }: Step, by: Actor, own: readonly Left[]): Promise<void> {
  const fiches = await lockFiches(
    sql,
    own.map(({ fiche_id }) => fiche_id),
  );
  const records = await stepRecords(
    sql,
    own.map(({ id }) => id),
  );
  const places = own.flatMap(({ id, fiche_id }) => {
    const [fiche, row] = [fiches.get(fiche_id), records.get(id)];
    return fiche === undefined || row === undefined ? [] : [{ fiche, row }];
  });
  await requireUnfrozen(sql, [...fiches.values()], 'annulation-depassee');
  await requireLast(sql, places);
  const restored = await restoreAllEarlier({ sql, at, region }, places);
  await sql
    .updateTable('soumission')
    .set((eb) => ({ statut: 'retiree', seq: eb('seq', '+', 1) }))
    .where(raw<boolean>`id = any (${places.map(({ row }) => row.id)}::uuid[])`)
    .execute();
  await appendJournal(
    sql,
    places.flatMap(({ fiche, row }, index): JournalEntry[] => {
      const accepted = restored[index];
      if (accepted === undefined) return [];
      const place = { ficheId: fiche.id, organismeId: fiche.organisme_id, soumissionId: row.id, at: new Date(at) };
      const told = { act: 'retirer', fromStatut: 'validee', toStatut: 'retiree', data: toldOf(accepted) } as const;
      return [{ ...place, ...told, by: by.userId, role: by.role }];
    }),
  );
}

/** They come back when that decision is undone. Refuses `annulation-depassee` when one of them went on. */
export async function restoreWithOrganisme(step: Step, by: Actor): Promise<void> {
  const own = await step.sql
    .selectFrom('soumission')
    .select(['id', 'fiche_id'])
    .where('suite_de', '=', step.row.id)
    .where('statut', '=', 'validee')
    .orderBy('fiche_id')
    .execute();
  for (let from = 0; from < own.length; from += WITHDRAWN_PAGE) {
    await restorePage(step, by, own.slice(from, from + WITHDRAWN_PAGE));
  }
}
