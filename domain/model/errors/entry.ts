import type { Bilingual } from '../words.ts';

/** What the world is told of a code: its HTTP status (RFC 9457), what could not be done and how to mend it. */
export interface ErrorEntry {
  readonly status: number;
  readonly title: Bilingual;
  readonly mend: Bilingual;
}
