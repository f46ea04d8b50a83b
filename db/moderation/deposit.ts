import { sql as raw } from 'kysely';
import { SofiError } from '../../domain/model/errors.ts';
import type { InstantMs } from '../../domain/model/ids.ts';
import { openClocks } from '../../domain/model/promise.ts';
import type { Actor } from '../../domain/model/requests.ts';
import { nextStatut } from '../../domain/model/statuts.ts';
import { json, type Sql } from '../connect.ts';
import { contentColumns } from './content.ts';
import { appendJournal } from './journal.ts';
import { rebase } from './merge-accepted.ts';
import { leaveTask, waitingRevision } from './outbox.ts';
import { clockColumns, recordPromises } from './promises.ts';
import { freezeRevision } from './revisions.ts';
import { type FicheRecord, leavesOffer, lockSoumission, openSoumissionOf, type SoumissionRecord } from './rows.ts';

export interface Deposit {
  readonly brouillonId: string;
  readonly by: Actor;
  readonly at: InstantMs;
  /** Hour of the region's promise. */
  readonly dueHour: number;
  /** The same for the same wish sent again: its own answer is then found, wherever the soumission stands meanwhile. */
  readonly commande?: string;
  /** Of the HTTP request: whoever tells the workflow says on whose behalf. */
  readonly requestId?: string | undefined;
}

/** What the API does next: `start` the workflow of `soumissionId`, or tell it to `revise` by the brouillon. */
export interface DepositAnswer {
  readonly next: 'start' | 'revise';
  readonly soumissionId: string;
  readonly brouillonId: string;
  readonly ficheId: string;
  /** Marked done by the API once the workflow was told; the update's id is `outbox-` and this id. */
  readonly outboxId: string;
}

/** What an earlier try of the same wish left for the workflow. */
async function depositUnder(sql: Sql, row: SoumissionRecord, commande: string): Promise<DepositAnswer | undefined> {
  const task = await sql
    .selectFrom('outbox')
    .select(['id', 'kind', 'subject_id'])
    .where('kind', 'in', ['start', 'revise'])
    .where(raw<string>`payload ->> 'brouillonId'`, '=', row.id)
    .where(raw<string>`payload ->> 'commande'`, '=', commande)
    .executeTakeFirst();
  if (task === undefined) return undefined;
  const next = task.kind === 'revise' ? 'revise' : 'start';
  return { next, soumissionId: task.subject_id, brouillonId: row.id, ficheId: row.fiche_id, outboxId: task.id };
}

async function freezeFor(
  sql: Sql,
  row: SoumissionRecord,
  soumissionId: string,
  { by, commande, requestId }: Deposit,
): Promise<DepositAnswer> {
  const payload = { brouillonId: row.id, by, ...(commande === undefined ? {} : { commande }), requestId };
  const outboxId = await leaveTask(sql, { kind: 'revise', subjectId: soumissionId, payload });
  return { next: 'revise', soumissionId, brouillonId: row.id, ficheId: row.fiche_id, outboxId };
}

async function deposeFirst(
  sql: Sql,
  fiche: FicheRecord,
  row: SoumissionRecord,
  input: Deposit,
): Promise<DepositAnswer> {
  const { by, at } = input;
  const rebased = await rebase(sql, fiche, row.document, row.base_version);
  const document = leavesOffer(row) ? (rebased.accepted ?? row.document) : rebased.document;
  const echeances = openClocks(at, input.dueHour);
  await sql
    .updateTable('soumission')
    .set({
      statut: 'deposee',
      version: 1,
      seq: row.seq + 1,
      base_version: rebased.baseVersion,
      document: json(document),
      ...contentColumns(document, rebased.accepted),
      ...clockColumns(echeances),
      deposee_le: new Date(at),
    })
    .where('id', '=', row.id)
    .execute();
  await freezeRevision(sql, row, { n: 1, document, auteurId: row.auteur_id, at });
  await recordPromises(sql, [{ id: row.id, source: row.source, humain: true, echeances }]);
  await appendJournal(sql, [
    {
      ficheId: fiche.id,
      organismeId: fiche.organisme_id,
      soumissionId: row.id,
      at: new Date(at),
      by: by.userId,
      role: by.role,
      act: 'deposer',
      fromStatut: 'brouillon',
      toStatut: 'deposee',
      data: { version: 1, ...(rebased.conflicts.length > 0 ? { conflits: rebased.conflicts } : {}) },
    },
  ]);
  const { commande, requestId } = input;
  const payload = { requestId, ...(commande === undefined ? {} : { brouillonId: row.id, commande }) };
  const outboxId = await leaveTask(sql, { kind: 'start', subjectId: row.id, payload });
  return { next: 'start', soumissionId: row.id, brouillonId: row.id, ficheId: fiche.id, outboxId };
}

/**
 * Deposits a draft, or the answer to a request for changes. Without an open soumission on its fiche the draft becomes
 * one; else it is frozen until the open one's workflow takes it as its next revision. Depositing the same again answers
 * the same. Refuses `introuvable`, `transition-interdite`.
 */
export async function depositBrouillon(sql: Sql, input: Deposit): Promise<DepositAnswer> {
  const { fiche, row } = await lockSoumission(sql, input.brouillonId);
  const before = input.commande === undefined ? undefined : await depositUnder(sql, row, input.commande);
  if (before !== undefined) return before;
  const waiting = await waitingRevision(sql, row.id);
  if (waiting !== undefined) {
    const { id: outboxId, subject_id: soumissionId } = waiting;
    return { next: 'revise', soumissionId, brouillonId: row.id, ficheId: fiche.id, outboxId };
  }
  if (row.statut === 'correctionsDemandees') return freezeFor(sql, row, row.id, input);
  if (nextStatut(row.statut, 'deposer') === undefined) {
    throw new SofiError('transition-interdite', `Cannot deposit soumission "${row.id}" from ${row.statut}`, {
      statut: row.statut,
      ...(row.remplacee_par === null ? {} : { remplaceePar: row.remplacee_par }),
    });
  }
  const open = await openSoumissionOf(sql, fiche.id);
  return open === undefined ? deposeFirst(sql, fiche, row, input) : freezeFor(sql, row, open.id, input);
}
