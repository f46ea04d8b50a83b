import { ELEMENTS_ACTION } from './elements-action.ts';
import { ELEMENTS_CERTIFICATION } from './elements-certification.ts';
import { ELEMENTS_COORDONNEES } from './elements-coordonnees.ts';
import { ELEMENTS_FICHIER } from './elements-fichier.ts';
import { ELEMENTS_FORMATION } from './elements-formation.ts';
import { ELEMENTS_ORGANISME } from './elements-organisme.ts';
import { ELEMENTS_SESSION } from './elements-session.ts';

/** The whole grammar of LHÉO 2.2 and 2.3: one row for each element, every one of which may be a document's root. */
export const ELEMENTS = {
  ...ELEMENTS_FICHIER,
  ...ELEMENTS_FORMATION,
  ...ELEMENTS_CERTIFICATION,
  ...ELEMENTS_ACTION,
  ...ELEMENTS_SESSION,
  ...ELEMENTS_ORGANISME,
  ...ELEMENTS_COORDONNEES,
} as const;

export type ElementName = keyof typeof ELEMENTS;
export const ELEMENT_NAMES = Object.keys(ELEMENTS) as ElementName[];
