import type { FicheDocument } from '../../../domain/model/documents.ts';
import type { Section } from './align.ts';

/** What drawing a level of a fiche needs. */
export interface FicheViewProps {
  readonly section: Section;
  readonly document: FicheDocument;
  readonly accepted: FicheDocument | null;
  /** Every field, or only what differs. */
  readonly whole: boolean;
  /** Set while changes are asked for: a field answers to a click and to Enter. */
  readonly onField?: ((path: string) => void) | undefined;
  readonly asked?: ReadonlySet<string> | undefined;
}
