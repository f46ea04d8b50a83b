import { SofiError } from '../../domain/model/errors.ts';
import type { Actor } from '../../domain/model/requests.ts';
import type { Sql } from '../connect.ts';
import { appendJournal } from './journal.ts';
import { waitingRevision } from './outbox.ts';
import { lockSoumission } from './rows.ts';

/**
 * Its author gives up a draft; its row and its step in the journal stay. Refuses `transition-interdite` once it was
 * deposited, `introuvable` behind the wall.
 */
export async function abandonBrouillon(
  sql: Sql,
  input: { readonly id: string; readonly by: Actor; readonly at: number },
): Promise<void> {
  const { row } = await lockSoumission(sql, input.id);
  if (row.statut !== 'brouillon' || (await waitingRevision(sql, row.id)) !== undefined) {
    throw new SofiError('transition-interdite', `Cannot abandon soumission "${row.id}" in statut ${row.statut}`, {
      statut: row.statut,
    });
  }
  await sql
    .updateTable('soumission')
    .set({ statut: 'abandonnee', seq: row.seq + 1 })
    .where('id', '=', row.id)
    .execute();
  await appendJournal(sql, [
    {
      ficheId: row.fiche_id,
      organismeId: row.organisme_id,
      soumissionId: row.id,
      at: new Date(input.at),
      by: input.by.userId,
      role: input.by.role,
      act: 'abandonner',
      fromStatut: 'brouillon',
      toStatut: 'abandonnee',
      data: {},
    },
  ]);
}
