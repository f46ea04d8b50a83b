import { sql as raw } from 'kysely';
import type { FicheDocument } from '../../domain/model/documents.ts';
import type { Controles } from '../../domain/model/faults.ts';
import { type Echeances, stopClock } from '../../domain/model/promise.ts';
import { controlesOf } from '../../domain/model/rules.ts';
import { json, type Sql } from '../connect.ts';
import { type Accepted, acceptAll } from '../moderation/accept.ts';
import { echeancesOf, entriesOf, type StepPlace } from '../moderation/commands/step.ts';
import { appendJournal } from '../moderation/journal.ts';
import { leaveTasks } from '../moderation/outbox.ts';
import { nextDue, recordPromises } from '../moderation/promises.ts';
import { leavesOffer, lockForSteps } from '../moderation/rows.ts';
import type { Deposited, ImportRun } from './run.ts';

/**
 * Decides the soumissions of a trusted source in the page's transaction, organismes before formations: checked, then
 * accepted by rule, with the journal of any other. What acceptance refuses goes to people, that one apart.
 */
export async function decideLot(sql: Sql, run: ImportRun, deposited: readonly Deposited[]): Promise<void> {
  const own = deposited.filter(({ outcome }) => outcome !== 'revised');
  const locked = await lockForSteps(
    sql,
    own.map(({ soumissionId }) => soumissionId),
  );
  const { at, region } = run;
  const places = own.flatMap((one) => {
    const rows = locked.get(one.soumissionId);
    return rows === undefined ? [] : [{ ...one, ...rows, at, region, commande: `lot-${run.id}-${one.soumissionId}` }];
  });
  const answers = await acceptAll(
    { sql, at, region },
    places.map(({ fiche, row, document }) => {
      return { fiche, row, retrait: leavesOffer(row), deposited: document };
    }),
  );
  const decided = places.flatMap((place, index): Decided[] => {
    const answer = answers[index];
    return answer?.kind === 'accepted' ? [decidedOf(run, place, answer.accepted)] : [];
  });
  await writeDecided(sql, run, decided);
  await handToPeople(
    sql,
    places.flatMap(({ soumissionId }, index) => (answers[index]?.kind === 'refused' ? [soumissionId] : [])),
  );
}

/** A soumission of the lot that was accepted. */
interface Decided {
  readonly place: StepPlace;
  readonly accepted: Accepted;
  readonly controles: Controles;
  readonly echeances: Echeances;
  /** Absent when it is what was deposited. */
  readonly document?: FicheDocument;
}

function decidedOf(run: ImportRun, place: StepPlace & Deposited, accepted: Accepted): Decided {
  return {
    place,
    accepted,
    controles: controlesOf(place.faults, place.row.version, run.channel),
    echeances: stopClock(stopClock(echeancesOf(place), 'alimentation', run.at), 'traitement', run.at),
    ...(accepted.hash === place.documentHash ? {} : { document: accepted.document }),
  };
}

async function writeDecided(sql: Sql, run: ImportRun, decided: readonly Decided[]): Promise<void> {
  if (decided.length === 0) return;
  const rows = decided.map(({ place, accepted, controles, echeances, document }) => {
    return {
      id: place.row.id,
      n: accepted.n,
      hash: accepted.hash,
      controles,
      echeances,
      due: nextDue(echeances),
      document,
    };
  });
  await raw`update soumission s set statut = 'validee', seq = s.seq + 1, controles = x.controles,
      echeances = x.echeances, due_at = x.due, decidee_le = ${new Date(run.at)}::timestamptz, accepted_n = x.n,
      document = coalesce(x.document, s.document), document_hash = x.hash
    from jsonb_to_recordset(${json(rows)}) as x(id uuid, n int, hash text, controles jsonb, echeances jsonb,
      due timestamptz, document jsonb) where s.id = x.id`.execute(sql);
  await recordPromises(
    sql,
    decided.map(({ place: { row }, echeances }) => ({ id: row.id, source: row.source, humain: false, echeances })),
  );
  await appendJournal(
    sql,
    decided.flatMap(({ place, accepted, controles: { warnings } }) =>
      entriesOf(place, [
        { act: 'controler', to: 'controlee', data: { warnings } },
        { act: 'approveByRule', from: 'controlee', to: 'validee', data: { import: run.id, accepted: accepted.n } },
      ]),
    ),
  );
}

/** The soumissions take the way of any other: a workflow, then the queue. */
async function handToPeople(sql: Sql, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql
    .updateTable('soumission')
    .set({ conduite: 'workflow' })
    .where('id', 'in', [...ids])
    .execute();
  await leaveTasks(
    sql,
    ids.map((subjectId) => ({ kind: 'start', subjectId })),
  );
}
