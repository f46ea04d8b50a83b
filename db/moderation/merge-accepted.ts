import type { FicheDocument } from '../../domain/model/documents.ts';
import { mergeDocuments } from '../../domain/model/merge.ts';
import type { Sql } from '../connect.ts';
import { acceptedVersion, type FicheRecord } from './rows.ts';

/** A document brought up to the fiche's accepted version; `conflicts` are the fields that both sides changed. */
export interface Rebased {
  readonly document: FicheDocument;
  readonly accepted: FicheDocument | null;
  readonly baseVersion: number;
  readonly conflicts: readonly string[];
}

/**
 * Merges by field what came in since `baseVersion` (design §4): a field that one side alone changed passes, where both
 * did the document's own value stays and its path is told.
 */
export async function rebase(
  sql: Sql,
  fiche: FicheRecord,
  document: FicheDocument,
  baseVersion: number,
): Promise<Rebased> {
  if (fiche.version_n === 0) return { document, accepted: null, baseVersion: 0, conflicts: [] };
  const accepted = (await acceptedVersion(sql, fiche.id, fiche.version_n))?.document ?? null;
  const base = baseVersion === fiche.version_n ? null : await acceptedVersion(sql, fiche.id, baseVersion);
  if (accepted === null || base === null) return { document, accepted, baseVersion: fiche.version_n, conflicts: [] };
  const { merged, conflicts } = mergeDocuments<FicheDocument>(base.document, document, accepted);
  return { document: merged, accepted, baseVersion: fiche.version_n, conflicts: conflicts.map(({ path }) => path) };
}
