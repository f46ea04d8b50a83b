import type { Sql, Viewer } from '../../db/connect.ts';
import { waitingRevision } from '../../db/moderation/outbox.ts';
import type { BrouillonDto } from '../../domain/contract/brouillon.contract.ts';
import { completenessOf } from '../../domain/model/completeness.ts';
import type { FicheDocument } from '../../domain/model/documents.ts';
import { SofiError } from '../../domain/model/errors.ts';
import type { RegionSettings } from '../../domain/model/region.ts';
import type { Statut } from '../../domain/model/vocabulary.ts';
import type { Lang } from '../../domain/model/words.ts';
import { faultDto } from '../soumissions/faults.ts';
import { faultsOfDraft } from './faults.ts';

export interface DraftRow {
  readonly id: string;
  readonly ficheId: string;
  readonly statut: Statut;
  readonly saveNumber: number;
  readonly document: FicheDocument;
  readonly baseVersion: number;
}

/** The draft of an id; `introuvable` behind the wall, and for the Cariforef when it is an OF's own; `interdit` once it was deposited and the Cariforef reads it. */
export async function requireDraft(sql: Sql, viewer: Viewer, id: string): Promise<DraftRow> {
  const row = await sql
    .selectFrom('soumission')
    .select(['id', 'fiche_id', 'statut', 'save_number', 'document', 'base_version', 'pour_of'])
    .where('id', '=', id)
    .executeTakeFirst();
  const anOfs = viewer.role !== 'of' && row?.pour_of === false;
  if (row === undefined || (anOfs && row.statut === 'brouillon')) {
    throw new SofiError('introuvable', `Cannot find brouillon "${id}"`, { brouillon: id });
  }
  if (anOfs) throw new SofiError('interdit', `Cannot write in the OF's place in "${id}"`, { soumission: id });
  const { fiche_id: ficheId, save_number: saveNumber, base_version: baseVersion, statut, document } = row;
  return { id, ficheId, statut, saveNumber, document, baseVersion };
}

/** A draft with what the rules say of it now; its ETag is its save number. */
export async function draftAnswer(
  sql: Sql,
  {
    draft,
    langue,
    region,
    status = 200,
  }: {
    readonly draft: DraftRow;
    readonly langue: Lang;
    readonly region: RegionSettings;
    readonly status?: number;
  },
) {
  const { document } = draft;
  const faults = await faultsOfDraft(sql, document, region);
  const frozen = await waitingRevision(sql, draft.id);
  const body: BrouillonDto = {
    id: draft.id,
    ficheId: draft.ficheId,
    // Frozen as the next revision of an open soumission: nothing more is saved here.
    statut: frozen === undefined ? draft.statut : 'deposee',
    saveNumber: draft.saveNumber,
    document,
    baseVersion: draft.baseVersion,
    faults: faults.map((fault) => faultDto(fault, langue)),
    completeness: document.kind === 'formation' ? completenessOf(document, faults) : null,
  };
  const headers = { ETag: `"${draft.saveNumber}"`, Location: `/api/v1/brouillons/${draft.id}` };
  return { status, body, headers };
}
