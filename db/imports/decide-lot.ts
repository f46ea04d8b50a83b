import { sql as raw } from 'kysely';
import type { FicheDocument } from '../../domain/model/documents.ts';
import type { Controles } from '../../domain/model/faults.ts';
import { type Echeances, stopClock } from '../../domain/model/promise.ts';
import { controlesOf } from '../../domain/model/rules.ts';
import { asksTwoVoices } from '../../domain/model/two-voices.ts';
import { json, type Sql } from '../connect.ts';
import { type Accepted, acceptAll, toldOf } from '../moderation/accept.ts';
import { echeancesOf, entriesOf, type StepPlace } from '../moderation/commands/step.ts';
import { appendJournal } from '../moderation/journal.ts';
import { leaveTasks } from '../moderation/outbox.ts';
import { nextDue, recordPromises } from '../moderation/promises.ts';
import { leavesOffer, lockForSteps } from '../moderation/rows.ts';
import { readTwoVoices } from '../moderation/settings.ts';
import { rulesAt } from '../regles/settings.ts';
import { ORGANISME_PATH } from './organismes.ts';
import type { PageReport } from './page-report.ts';
import type { Deposited, ImportRun } from './run.ts';

/**
 * Decides the soumissions of a trusted source in the page's transaction, organismes before formations: checked, then
 * accepted by rule, with the journal of any other. What a rule asks two people for goes to people, told in the report; so
 * does what acceptance refuses, that one apart.
 */
export async function decideLot(
  sql: Sql,
  run: ImportRun,
  deposited: readonly Deposited[],
  report: PageReport,
): Promise<void> {
  const { at, region } = run;
  const all = await checkedPlaces(
    sql,
    run,
    deposited.filter(({ outcome }) => outcome !== 'revised'),
  );
  const asking = await placesOfTwo(sql, all);
  for (const place of asking) tellTwo(place, report);
  const places = all.filter((place) => !asking.includes(place));
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
  const refused = places.filter((_, index) => answers[index]?.kind === 'refused');
  await handToPeople(
    sql,
    [...asking, ...refused].map(({ soumissionId }) => soumissionId),
  );
}

/** A soumission of the lot, locked, with what the rules in force say of it. */
interface Checked extends StepPlace, Deposited {
  readonly controles: Controles;
}

async function checkedPlaces(sql: Sql, run: ImportRun, own: readonly Deposited[]): Promise<Checked[]> {
  if (own.length === 0) return [];
  const { at, region, channel } = run;
  const rules = await rulesAt(sql, at);
  const locked = await lockForSteps(
    sql,
    own.map(({ soumissionId }) => soumissionId),
  );
  return own.flatMap((one) => {
    const rows = locked.get(one.soumissionId);
    if (rows === undefined) return [];
    const controles = controlesOf(one.faults, rows.row.version, channel, rules);
    return [{ ...one, ...rows, at, region, commande: `lot-${run.id}-${one.soumissionId}`, controles }];
  });
}

const sessionsOf = (document: FicheDocument): number =>
  document.kind === 'formation' ? document.actions.reduce((sum, { sessions }) => sum + sessions.length, 0) : 0;

/** Those that two people have to approve. */
async function placesOfTwo(sql: Sql, places: readonly Checked[]): Promise<Checked[]> {
  if (places.length === 0) return [];
  const rule = await readTwoVoices(sql);
  return places.filter(({ fiche, row, document, controles: { twoPeople = [] } }) => {
    const contents = { sessions: sessionsOf(document), fautive: twoPeople.length > 0 };
    return asksTwoVoices({ ficheKind: fiche.kind, kind: row.kind, pourOf: row.pour_of, ...contents }, rule);
  });
}

function tellTwo({ fiche, line, numero, controles: { twoPeople = [] } }: Checked, report: PageReport): void {
  const path = fiche.kind === 'organisme' ? ORGANISME_PATH : '';
  const values = twoPeople.length > 0 ? { regles: twoPeople.join(', ') } : null;
  report.remark({ line, numero, path, code: 'deux-personnes', values });
}

/** A soumission of the lot that was accepted. */
interface Decided {
  readonly place: Checked;
  readonly accepted: Accepted;
  readonly echeances: Echeances;
  /** Absent when it is what was deposited. */
  readonly document?: FicheDocument;
}

function decidedOf(run: ImportRun, place: Checked, accepted: Accepted): Decided {
  return {
    place,
    accepted,
    echeances: stopClock(stopClock(echeancesOf(place), 'alimentation', run.at), 'traitement', run.at),
    ...(accepted.hash === place.documentHash ? {} : { document: accepted.document }),
  };
}

async function writeDecided(sql: Sql, run: ImportRun, decided: readonly Decided[]): Promise<void> {
  if (decided.length === 0) return;
  const rows = decided.map(({ place, accepted, echeances, document }) => {
    return {
      id: place.row.id,
      n: accepted.n,
      hash: accepted.hash,
      controles: place.controles,
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
    decided.flatMap(({ place, accepted }) =>
      entriesOf(place, [
        { act: 'controler', to: 'controlee', data: { warnings: place.controles.warnings } },
        { act: 'approveByRule', from: 'controlee', to: 'validee', data: { import: run.id, ...toldOf(accepted) } },
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
