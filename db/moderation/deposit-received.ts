import type { FicheDocument } from '../../domain/model/documents.ts';
import type { InstantMs } from '../../domain/model/ids.ts';
import { mergeDocuments } from '../../domain/model/merge.ts';
import { openClocks } from '../../domain/model/promise.ts';
import type { Actor } from '../../domain/model/requests.ts';
import type { Conduite, Source } from '../../domain/model/vocabulary.ts';
import { json, type Sql } from '../connect.ts';
import { contentColumns } from './content.ts';
import { appendJournal } from './journal.ts';
import { leaveTasks } from './outbox.ts';
import { recordPromises } from './promises.ts';
import { insertDeposited, type NewContent } from './received-rows.ts';
import { acceptedVersions, type FicheRecord, lockFiches, openSoumissionsOf } from './rows.ts';

/** What all fiches of one reception share. */
export interface Reception {
  readonly source: Extract<Source, 'fichier' | 'flux' | 'courriel'>;
  readonly sourceName: string;
  readonly importId: string | null;
  /** Who sent the file. */
  readonly by: Actor;
  readonly at: InstantMs;
  readonly dueHour: number;
  /** `lot` when the import's own workflow decides it (trusted source). */
  readonly conduite: Conduite;
}

export interface Received {
  readonly document: FicheDocument;
  /** What this source last sent for the fiche: fields mended here that it did not change keep the mend. */
  readonly lastReceived?: FicheDocument;
  /** The source no longer has it: the fiche is to leave the offer, as it stands there. */
  readonly retrait?: boolean;
}

export interface ReceivedAnswer {
  /** `created` and `changed` soumissions stand by themselves; `revised` waits as the next revision of an open one. */
  readonly outcome: 'created' | 'changed' | 'revised';
  readonly soumissionId: string;
  readonly outboxId: string | null;
  /** The content that waits now, and its hash. */
  readonly document: FicheDocument;
  readonly documentHash: string;
}

/** A received fiche with its row, its content and the soumission that it has open. */
interface Placed {
  readonly fiche: FicheRecord;
  readonly inOffer: boolean;
  readonly open: string | undefined;
  readonly content: NewContent;
}

async function fichesOf(
  sql: Sql,
  { source, sourceName }: Reception,
  documents: readonly FicheDocument[],
): Promise<Map<string, FicheRecord>> {
  await sql
    .insertInto('fiche')
    .values(
      documents.map((document) => ({
        id: document.id,
        kind: document.kind,
        organisme_id: document.kind === 'organisme' ? document.id : document.organisme,
        source: source === 'flux' ? sourceName : 'saisie',
      })),
    )
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
  return lockFiches(
    sql,
    documents.map(({ id }) => id),
  );
}

function contentOf({ document, lastReceived, retrait }: Received, accepted: FicheDocument | null): FicheDocument {
  if (accepted === null) return document;
  if (retrait === true) return accepted;
  return lastReceived === undefined ? document : mergeDocuments<FicheDocument>(lastReceived, document, accepted).merged;
}

async function place(sql: Sql, on: Reception, received: readonly Received[]): Promise<Placed[]> {
  const documents = received.map(({ document }) => document);
  const fiches = await fichesOf(sql, on, documents);
  const names = [...fiches.values()].map(({ id, version_n }) => ({ ficheId: id, n: version_n }));
  const versionOf = await acceptedVersions(sql, names);
  const open = await openSoumissionsOf(sql, [...fiches.keys()]);
  return received.map((one): Placed => {
    const fiche = fiches.get(one.document.id);
    if (fiche === undefined) throw new Error(`Cannot lock fiche "${one.document.id}"`);
    const accepted = versionOf({ ficheId: fiche.id, n: fiche.version_n })?.document ?? null;
    const document = contentOf(one, accepted);
    const inOffer = fiche.version_n > 0 && fiche.fermee_le === null;
    const change = one.retrait === true ? 'withdrawal' : 'change';
    const content: NewContent = {
      fiche_id: fiche.id,
      organisme_id: fiche.organisme_id,
      kind: inOffer ? change : 'creation',
      base_version: fiche.version_n,
      document,
      ...contentColumns(document, accepted),
    };
    return { fiche, inOffer, open: open.get(fiche.id), content };
  });
}

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
    const placed = await place(sql, on, round);
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
