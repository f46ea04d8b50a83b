import { SofiError } from '../../../domain/model/errors.ts';
import { closeClocks, undoClocks } from '../../../domain/model/promise.ts';
import type { Actor } from '../../../domain/model/requests.ts';
import type { Sql } from '../../connect.ts';
import { takeBackMails } from '../../mail/tell.ts';
import { restoreEarlier, toldOf } from '../accept.ts';
import { endClaim, takeClaim } from '../claims.ts';
import { requireLast, requireUnfrozen } from '../frozen.ts';
import { forgetDecisionNotices } from '../notices.ts';
import { waitingRevision } from '../outbox.ts';
import { restoreWithOrganisme } from '../withdraw-formations.ts';
import { readWords } from '../words.ts';
import { echeancesOf, happened, type Step, write } from './step.ts';

/** The OF has answered already: its answer goes on, undoing would lose it. */
async function requireNoAnswer(sql: Sql, id: string): Promise<void> {
  if ((await waitingRevision(sql, id)) === undefined) return;
  throw new SofiError('annulation-depassee', `Cannot undo a decision on "${id}" that was answered`, { soumission: id });
}

/** Undoes the last decision: the accepted offer goes back to what it was, the soumission to whoever undoes it. */
export async function undo(step: Step, command: { readonly by: Actor }): Promise<void> {
  const { sql, fiche, row, at } = step;
  const { by } = command;
  await requireUnfrozen(sql, [fiche], 'annulation-depassee');
  await requireLast(sql, [{ fiche, row }]);
  await requireNoAnswer(sql, row.id);
  const restored = row.statut === 'validee' ? await restoreEarlier(step) : null;
  await restoreWithOrganisme(step, by);
  await sql
    .updateTable('decision')
    .set({ undone_at: new Date(at), undone_by: by.userId })
    .where('soumission_id', '=', row.id)
    .where('undone_at', 'is', null)
    .where('version', '=', row.version)
    .execute();
  await forgetDecisionNotices(sql, row.id);
  await takeBackMails(sql, { ...happened(step, step.commande), by: by.userId, at });
  const token = await takeClaim(sql, row.id, by.userId, at);
  await write(step, {
    told: [{ act: 'undo', to: 'enRevue', by, data: { token, ...(restored === null ? {} : toldOf(restored)) } }],
    echeances: undoClocks(echeancesOf(step)),
    set: {
      decidee_le: null,
      decidee_par: null,
      motif: null,
      accepted_n: null,
      ...(restored === null ? {} : { base_version: restored.n }),
    },
  });
}

/** The OF withdraws its soumission; an approved one leaves the accepted offer as an undo would. */
export async function withdraw(step: Step, command: { readonly by: Actor; readonly words?: string }): Promise<void> {
  const { sql, fiche, row, at } = step;
  const { by } = command;
  let data: Readonly<Record<string, unknown>> = {};
  if (row.statut === 'validee') {
    await requireUnfrozen(sql, [fiche], 'retrait-gele');
    await requireLast(sql, [{ fiche, row }]);
    data = toldOf(await restoreEarlier(step));
    await restoreWithOrganisme(step, by);
  }
  await endClaim(sql, row.id);
  const { motif } = await readWords(sql, row.id, command.words);
  await write(step, {
    told: [{ act: 'retirer', to: 'retiree', by, data }],
    echeances: closeClocks(echeancesOf(step), at),
    humain: null,
    set: { motif: motif ?? row.motif },
  });
}
