import { sql as raw } from 'kysely';
import type { FicheDocument } from '../../../domain/model/documents.ts';
import type { ParisDay } from '../../../domain/model/ids.ts';
import type { FicheKind } from '../../../domain/model/vocabulary.ts';
import { json, type Sql } from '../../connect.ts';

/** The accepted version that rows of the offer are brought to. */
export interface ProjectedVersion {
  readonly n: number;
  /** Paris day of the acceptance. */
  readonly day: ParisDay;
  readonly at: Date;
  readonly source: string;
}

/** The first `max` characters, as a column holds them; the document keeps the whole. */
export function cut(text: string, max: number): string {
  return text.slice(0, max);
}

/** The first `max` characters, or null for nothing. */
export function cutOrNull(text: string, max: number): string | null {
  return text === '' ? null : text.slice(0, max);
}

/** A document of the offer and the version that its rows are brought to. */
export interface Projected<T extends FicheDocument> {
  readonly document: T;
  /** `changed` is false for a version that says the same as the one before. */
  readonly version: ProjectedVersion & { readonly changed: boolean };
}

/** The rows of fiches leave the offer, at their last versions. */
export async function closeRows(sql: Sql, table: FicheKind, items: readonly Projected<FicheDocument>[]): Promise<void> {
  const rows = items.map(({ document, version: { n, at } }) => ({ id: document.id, n, at }));
  await raw`update ${raw.table(table)} o set retire_le = x.at, version_n = x.n
    from jsonb_to_recordset(${json(rows)}) as x(id uuid, n int, at timestamptz) where o.id = x.id`.execute(sql);
}
