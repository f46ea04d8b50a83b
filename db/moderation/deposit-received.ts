import type { FicheDocument } from '../../domain/model/documents.ts';
import type { InstantMs } from '../../domain/model/ids.ts';
import { mergeDocuments } from '../../domain/model/merge.ts';
import { openClocks } from '../../domain/model/promise.ts';
import type { Actor } from '../../domain/model/requests.ts';
import type { Conduite, Source } from '../../domain/model/vocabulary.ts';
import { json, type Sql } from '../connect.ts';
import { contentColumns } from './content.ts';
import { appendJournal } from './journal.ts';
import { leaveTask } from './outbox.ts';
import { clockColumns, recordPromises } from './promises.ts';
import { freezeRevision } from './revisions.ts';
import { acceptedVersion, type FicheRecord, lockFiche, openSoumissionOf } from './rows.ts';

export interface Received {
  readonly document: FicheDocument;
  readonly source: Extract<Source, 'fichier' | 'flux' | 'courriel'>;
  readonly sourceName: string;
  readonly importId: string | null;
  /** Who sent the file. */
  readonly by: Actor;
  readonly at: InstantMs;
  readonly dueHour: number;
  /** `lot` when the import's own workflow decides it (trusted source). */
  readonly conduite: Conduite;
  /** What this source last sent for the fiche: fields mended here that it did not change keep the mend. */
  readonly lastReceived?: FicheDocument;
}

export interface ReceivedAnswer {
  /** `created` and `changed` soumissions stand by themselves; `revised` waits as the next revision of an open one. */
  readonly outcome: 'created' | 'changed' | 'revised';
  readonly soumissionId: string;
  readonly outboxId: string | null;
}

async function ficheOf(sql: Sql, { document, sourceName, source }: Received): Promise<FicheRecord> {
  await sql
    .insertInto('fiche')
    .values({
      id: document.id,
      kind: document.kind,
      organisme_id: document.kind === 'organisme' ? document.id : document.organisme,
      source: source === 'flux' ? sourceName : 'saisie',
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
  const fiche = await lockFiche(sql, document.id);
  if (fiche === undefined) throw new Error(`Cannot lock fiche "${document.id}"`);
  return fiche;
}

function mended(input: Received, accepted: FicheDocument | null): FicheDocument {
  if (accepted === null || input.lastReceived === undefined) return input.document;
  return mergeDocuments<FicheDocument>(input.lastReceived, input.document, accepted).merged;
}

/**
 * Takes a fiche that came by a file or a flow: its soumission is deposited at once, or, when the fiche has an open one,
 * frozen as that one's next revision. The document's ids are the fiche's own, matched by the caller.
 */
export async function depositReceived(sql: Sql, input: Received): Promise<ReceivedAnswer> {
  const fiche = await ficheOf(sql, input);
  const accepted = (await acceptedVersion(sql, fiche.id, fiche.version_n))?.document ?? null;
  const document = mended(input, accepted);
  const inOffer = fiche.version_n > 0 && fiche.fermee_le === null;
  const content = {
    fiche_id: fiche.id,
    organisme_id: fiche.organisme_id,
    kind: inOffer ? ('change' as const) : ('creation' as const),
    source: input.source,
    source_name: input.sourceName,
    import_id: input.importId,
    base_version: fiche.version_n,
    document: json(document),
    ...contentColumns(document, accepted),
    created_at: new Date(input.at),
    saved_at: new Date(input.at),
  };
  const open = await openSoumissionOf(sql, fiche.id);
  if (open !== undefined) {
    const frozen = await sql
      .insertInto('soumission')
      .values({ ...content, statut: 'brouillon' })
      .returning('id')
      .executeTakeFirstOrThrow();
    const payload = { brouillonId: frozen.id, by: input.by };
    const outboxId = await leaveTask(sql, { kind: 'revise', subjectId: open.id, payload });
    return { outcome: 'revised', soumissionId: open.id, outboxId };
  }
  const echeances = openClocks(input.at, input.dueHour);
  const row = await sql
    .insertInto('soumission')
    .values({
      ...content,
      statut: 'deposee',
      version: 1,
      seq: 1,
      conduite: input.conduite,
      ...clockColumns(echeances),
      deposee_le: new Date(input.at),
    })
    .returning(['id', 'organisme_id'])
    .executeTakeFirstOrThrow();
  await freezeRevision(sql, row, { n: 1, document, auteurId: null, at: input.at });
  await recordPromises(sql, { id: row.id, source: input.source, humain: input.conduite === 'workflow' }, echeances);
  await appendJournal(sql, [
    {
      ficheId: fiche.id,
      organismeId: fiche.organisme_id,
      soumissionId: row.id,
      at: new Date(input.at),
      by: input.by.userId,
      role: input.by.role,
      act: 'deposer',
      toStatut: 'deposee',
      data: { version: 1, source: input.sourceName, ...(input.importId === null ? {} : { import: input.importId }) },
    },
  ]);
  const outboxId = input.conduite === 'lot' ? null : await leaveTask(sql, { kind: 'start', subjectId: row.id });
  return { outcome: inOffer ? 'changed' : 'created', soumissionId: row.id, outboxId };
}
