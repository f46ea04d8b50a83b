import { openClocks } from '../../domain/model/promise.ts';
import { json, type Sql } from '../connect.ts';
import { appendJournal } from './journal.ts';
import { leaveTasks } from './outbox.ts';
import { recordPromises } from './promises.ts';
import { type Placed, placeReceived } from './received-place.ts';
import { insertDeposited } from './received-rows.ts';
import type { Received, ReceivedAnswer, Reception } from './reception.ts';

/** Frozen as the next revisions of what is open already. */
async function freezeNext(sql: Sql, on: Reception, placed: readonly Placed[]): Promise<ReceivedAnswer[]> {
  const answers: ReceivedAnswer[] = [];
  for (const { open = '', content } of placed) {
    const { document, resume, ...columns } = content;
    const frozen = await sql
      .insertInto('soumission')
      .values({
        ...columns,
        document: json(document),
        resume: resume === null ? null : json(resume),
        source: on.source,
        source_name: on.sourceName,
        import_id: on.importId,
        created_at: new Date(on.at),
        saved_at: new Date(on.at),
        statut: 'brouillon',
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const payload = { brouillonId: frozen.id, by: on.by };
    const tasks = await leaveTasks(sql, [{ kind: 'revise', subjectId: open, payload }]);
    answers.push({
      outcome: 'revised',
      soumissionId: open,
      outboxId: tasks.get(open) ?? null,
      document,
      documentHash: columns.document_hash,
    });
  }
  return answers;
}

/** Deposited at once: rows, revisions, clocks, journal and the word to start their workflows, one statement each. */
async function deposit(sql: Sql, on: Reception, placed: readonly Placed[]): Promise<ReceivedAnswer[]> {
  if (placed.length === 0) return [];
  const echeances = openClocks(on.at, on.dueHour);
  const ids = await insertDeposited(
    sql,
    on,
    echeances,
    placed.map(({ content }) => content),
  );
  const deposited = placed.flatMap((one) => {
    const id = ids.get(one.fiche.id);
    return id === undefined ? [] : [{ ...one, id }];
  });
  await recordPromises(
    sql,
    deposited.map(({ id }) => ({ id, source: on.source, humain: on.conduite === 'workflow', echeances })),
  );
  await appendJournal(
    sql,
    deposited.map(({ fiche, id }) => ({
      ficheId: fiche.id,
      organismeId: fiche.organisme_id,
      soumissionId: id,
      at: new Date(on.at),
      by: on.by.userId,
      role: on.by.role,
      act: 'deposer',
      toStatut: 'deposee',
      data: { version: 1, source: on.sourceName, ...(on.importId === null ? {} : { import: on.importId }) },
    })),
  );
  const starts = on.conduite === 'lot' ? [] : deposited.map(({ id }) => ({ kind: 'start' as const, subjectId: id }));
  const tasks = await leaveTasks(sql, starts);
  return deposited.map(({ inOffer, id, content }) => ({
    outcome: inOffer ? 'changed' : 'created',
    soumissionId: id,
    outboxId: tasks.get(id) ?? null,
    document: content.document,
    documentHash: content.document_hash,
  }));
}

/** Fiches that are named more than once are taken one after the other. */
function roundsOf(received: readonly Received[]): Received[][] {
  const rounds: Received[][] = [];
  const turns = new Map<string, number>();
  for (const one of received) {
    const turn = turns.get(one.document.id) ?? 0;
    turns.set(one.document.id, turn + 1);
    rounds[turn] = [...(rounds[turn] ?? []), one];
  }
  return rounds;
}

/**
 * Takes fiches that came by a file or a flow: each soumission is deposited at once, or, when its fiche has an open one,
 * frozen as that one's next revision. The documents' ids are the fiches' own, matched by the caller. Answers in the
 * order given.
 */
export async function depositReceived(
  sql: Sql,
  on: Reception,
  received: readonly Received[],
): Promise<ReceivedAnswer[]> {
  const answers = new Map<Received, ReceivedAnswer>();
  for (const round of roundsOf(received)) {
    const placed = await placeReceived(sql, on, round);
    const isOpen = placed.map(({ open }) => open !== undefined);
    const revised = await freezeNext(
      sql,
      on,
      placed.filter((_, index) => isOpen[index]),
    );
    const deposited = await deposit(
      sql,
      on,
      placed.filter((_, index) => !isOpen[index]),
    );
    for (const [index, one] of round.entries()) {
      const answer = isOpen[index] ? revised.shift() : deposited.shift();
      if (answer !== undefined) answers.set(one, answer);
    }
  }
  return received.flatMap((one) => answers.get(one) ?? []);
}
