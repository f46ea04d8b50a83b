import type { FicheDocument } from '../../../domain/model/documents.ts';
import type { ParisDay } from '../../../domain/model/ids.ts';

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
