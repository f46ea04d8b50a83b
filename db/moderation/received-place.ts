import type { FicheDocument } from '../../domain/model/documents.ts';
import { mergeDocuments } from '../../domain/model/merge.ts';
import type { Sql } from '../connect.ts';
import { contentColumns } from './content.ts';
import type { NewContent } from './received-rows.ts';
import type { Received, Reception } from './reception.ts';
import { acceptedVersions, type FicheRecord, lockFiches, openSoumissionsOf } from './rows.ts';

/** A received fiche with its row, its content and the soumission that it has open. */
export interface Placed {
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

/** Finds or makes the fiches of what was received, locked, each named once; their contents are ready to be written. */
export async function placeReceived(sql: Sql, on: Reception, received: readonly Received[]): Promise<Placed[]> {
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
