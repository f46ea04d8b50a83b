import { SofiError } from '../../../domain/model/errors.ts';
import { type Echeances, resumeClocks } from '../../../domain/model/promise.ts';
import type { Actor } from '../../../domain/model/requests.ts';
import { json } from '../../connect.ts';
import { contentColumns } from '../content.ts';
import type { JournalEntry } from '../journal.ts';
import { withOpenMends } from '../mends.ts';
import { type Rebased, rebase } from '../merge-accepted.ts';
import { markTaskDone, waitingRevision } from '../outbox.ts';
import { freezeRevision } from '../revisions.ts';
import type { SoumissionRecord } from '../rows.ts';
import { echeancesOf, type Step, write } from './step.ts';

async function brouillonOf(step: Step, id: string): Promise<SoumissionRecord> {
  const row = await step.sql.selectFrom('soumission').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (row === undefined || row.fiche_id !== step.fiche.id) {
    throw new SofiError('introuvable', `Cannot find brouillon "${id}" of fiche "${step.fiche.id}"`, { brouillon: id });
  }
  return row;
}

/** The brouillon has become a revision: it ends, and says of which soumission; answers what the journal tells of it. */
async function replaceBrouillon(step: Step, brouillon: SoumissionRecord, by: Actor): Promise<JournalEntry> {
  const { sql, row, fiche, at } = step;
  await sql
    .updateTable('soumission')
    .set({ statut: 'abandonnee', remplacee_par: row.id, seq: brouillon.seq + 1 })
    .where('id', '=', brouillon.id)
    .execute();
  return {
    ficheId: fiche.id,
    organismeId: row.organisme_id,
    soumissionId: brouillon.id,
    at: new Date(at),
    by: by.userId,
    role: by.role,
    act: 'abandonner',
    fromStatut: 'brouillon',
    toStatut: 'abandonnee',
    data: { remplaceePar: row.id },
  };
}

function clocksAfter(step: Step): Echeances {
  const echeances = echeancesOf(step);
  return step.row.statut === 'correctionsDemandees' ? resumeClocks(echeances, step.at) : echeances;
}

function columnsOf(step: Step, brouillon: SoumissionRecord, rebased: Rebased) {
  return {
    kind: step.row.kind === 'creation' ? step.row.kind : brouillon.kind,
    partiel: brouillon.partiel,
    source: brouillon.source,
    source_name: brouillon.source_name,
    import_id: brouillon.import_id,
    auteur_id: brouillon.auteur_id,
    pour_of: brouillon.pour_of,
    document: json(rebased.document),
    ...contentColumns(rebased.document, rebased.accepted),
    base_version: rebased.baseVersion,
    save_number: step.row.save_number + 1,
  };
}

/**
 * A frozen brouillon, or the answer typed on the soumission itself, becomes the next version: a claim is kept, checks
 * run again, paused clocks go on. One that was taken already changes nothing.
 */
export async function revise(step: Step, command: { readonly by: Actor; readonly brouillonId: string }): Promise<void> {
  const { sql, fiche, row, at } = step;
  const { by } = command;
  const waiting = await waitingRevision(sql, command.brouillonId);
  if (waiting?.subject_id !== row.id) return;
  const brouillon = await brouillonOf(step, command.brouillonId);
  const rebased = await rebase(sql, fiche, await withOpenMends(sql, row, brouillon), brouillon.base_version);
  const version = row.version + 1;
  await freezeRevision(sql, row, { n: version, document: rebased.document, auteurId: brouillon.auteur_id, at });
  await markTaskDone(sql, waiting.id);
  const replaced = brouillon.id === row.id ? [] : [await replaceBrouillon(step, brouillon, by)];
  const conflits = rebased.conflicts.length > 0 ? { conflits: rebased.conflicts } : {};
  await write(step, {
    before: replaced,
    told: [{ act: 'reviser', to: 'deposee', by, data: { version, ...conflits } }],
    echeances: clocksAfter(step),
    set: {
      ...columnsOf(step, brouillon, rebased),
      version,
      controles: null,
      apercu_cpf: null,
      decidee_le: null,
      decidee_par: null,
      deposee_le: new Date(at),
    },
  });
}
