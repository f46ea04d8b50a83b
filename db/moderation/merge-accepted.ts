import type { FicheDocument } from '../../domain/model/documents.ts';
import { mergeDocuments } from '../../domain/model/merge.ts';
import type { Sql } from '../connect.ts';
import { type AcceptedVersion, acceptedVersions, type FicheRecord, type VersionOf } from './rows.ts';

/** A document that started from a version of its fiche. */
export interface ToRebase {
  readonly fiche: Pick<FicheRecord, 'id' | 'version_n'>;
  readonly document: FicheDocument;
  readonly baseVersion: number;
}

/** A document brought up to the fiche's accepted version; `conflicts` are the fields that both sides changed. */
export interface Rebased {
  readonly document: FicheDocument;
  readonly accepted: FicheDocument | null;
  /** The accepted version that it was brought up to. */
  readonly before: AcceptedVersion | null;
  readonly baseVersion: number;
  readonly conflicts: readonly string[];
}

function rebaseOne({ fiche, document, baseVersion }: ToRebase, versionOf: VersionOf): Rebased {
  const before = versionOf({ ficheId: fiche.id, n: fiche.version_n });
  const accepted = before?.document ?? null;
  const onTop = { document, accepted, before, baseVersion: fiche.version_n, conflicts: [] };
  const base = baseVersion === fiche.version_n ? null : versionOf({ ficheId: fiche.id, n: baseVersion });
  if (accepted === null || base === null) return onTop;
  const { merged, conflicts } = mergeDocuments<FicheDocument>(base.document, document, accepted);
  return { ...onTop, document: merged, conflicts: conflicts.map(({ path }) => path) };
}

/**
 * Merges by field what came in since each base version (design §4): a field that one side alone changed passes, where
 * both did the document's own value stays and its path is told. In the order given.
 */
export async function rebaseAll(sql: Sql, items: readonly ToRebase[]): Promise<Rebased[]> {
  const versionOf = await acceptedVersions(
    sql,
    items.flatMap(({ fiche: { id: ficheId, version_n: n }, baseVersion }) =>
      n === 0 || baseVersion === n
        ? [{ ficheId, n }]
        : [
            { ficheId, n },
            { ficheId, n: baseVersion },
          ],
    ),
  );
  return items.map((item) => rebaseOne(item, versionOf));
}

/** The same for one document. */
export async function rebase(
  sql: Sql,
  fiche: FicheRecord,
  document: FicheDocument,
  baseVersion: number,
): Promise<Rebased> {
  const [rebased] = await rebaseAll(sql, [{ fiche, document, baseVersion }]);
  if (rebased === undefined) throw new Error(`Cannot rebase fiche "${fiche.id}"`);
  return rebased;
}
