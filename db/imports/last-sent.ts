import type { FicheDocument } from '../../domain/model/documents.ts';
import { rowIds } from '../../domain/model/merged-part.ts';
import type { Sql } from '../connect.ts';
import { type Known, knownOfFiches } from './lookups.ts';
import type { Place } from './match-formations.ts';
import { type ImportRun, sourceKey } from './run.ts';

/** Finds what a source last sent for a key. */
export type LastSent = (known: Known) => FicheDocument | undefined;

/** What sources last sent for these keys: kept apart, else the first revision of the soumission that it made. */
export async function lastSentOf(sql: Sql, known: readonly Known[]): Promise<LastSent> {
  const ids = known.flatMap((row) => (row.document === null && row.soumissionId !== null ? [row.soumissionId] : []));
  const rows =
    ids.length === 0
      ? []
      : await sql
          .selectFrom('soumission_revision')
          .select(['soumission_id', 'document'])
          .where('soumission_id', 'in', ids)
          .where('n', '=', 1)
          .execute();
  const revisions = new Map(rows.map((row) => [row.soumission_id, row.document]));
  return ({ document, soumissionId }) => document ?? revisions.get(soumissionId ?? '');
}

/**
 * What a formation that was merged may change of the one that stays, when its source sends that one too: the rows that it
 * alone sent. Undefined when nothing else of its source speaks of it: it may change all.
 */
export type PartOf = (place: Place) => ReadonlySet<string> | undefined;

const idsOf = (document: FicheDocument | undefined): string[] =>
  document?.kind === 'formation' ? rowIds(document) : [];

/** For the places of one page: two questions, and none when nothing of it was merged. */
export async function mergedParts(
  sql: Sql,
  run: ImportRun,
  places: readonly Place[],
  lastSent: LastSent,
): Promise<PartOf> {
  const merged = places.filter(({ left }) => left !== undefined);
  if (merged.length === 0) return () => undefined;
  const known = await knownOfFiches(
    sql,
    merged.map(({ ficheId }) => ficheId),
  );
  const sentOfStaying = await lastSentOf(sql, known);
  return ({ left, ficheId, organismeId, known: own }) => {
    if (left === undefined) return undefined;
    const source = sourceKey(run, organismeId);
    const others = known.filter((row) => row.ficheId === ficheId && row.source === source);
    const isHere = places.some((place) => place.left === undefined && place.ficheId === ficheId);
    if (others.length === 0 && !isHere) return undefined;
    const theirs = new Set(others.flatMap((row) => idsOf(sentOfStaying(row))));
    return new Set(idsOf(own && lastSent(own)).filter((id) => !theirs.has(id)));
  };
}
