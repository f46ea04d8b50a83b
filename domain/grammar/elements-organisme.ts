import type { ElementRow } from './shape.ts';

/** The organismes: responsible of a formation, formateur of an action, and their contacts. */
export const ELEMENTS_ORGANISME = {
  'organisme-formation-responsable': {
    label: 'Organisme de formation responsable',
    kind: 'sequence',
    attributs: 'lien',
    children: [
      ['numero-activite', 1, 1],
      ['SIRET-organisme-formation', 1, 1],
      ['nom-organisme', 1, 1],
      ['raison-sociale', 1, 1],
      ['coordonnees-organisme', 1, 1],
      ['contact-organisme', 1, 'n', { v22: [1, 1] }],
      ['renseignements-specifiques', 0, 1],
      ['potentiel', 0, 1],
      ['code-UAI-organisme-formation', 0, 1, { since: '2.3' }],
      ['extras', 0, 'n'],
    ],
  },
  'numero-activite': { label: "Numéro de déclaration d'activité", kind: 'text', min: 11, max: 11 },
  'SIRET-organisme-formation': {
    label: "SIRET de l'organisme",
    kind: 'sequence',
    children: [
      ['SIRET', 1, 1],
      ['extras', 0, 'n'],
    ],
  },
  SIRET: { label: 'SIRET', kind: 'text', min: 14, max: 14 },
  'nom-organisme': { label: "Nom de l'organisme", kind: 'text', min: 1, max: 250 },
  'raison-sociale': { label: 'Raison sociale', kind: 'text', min: 1, max: 250 },
  'coordonnees-organisme': {
    label: "Coordonnées de l'organisme",
    kind: 'sequence',
    children: [
      ['coordonnees', 1, 1],
      ['extras', 0, 'n'],
    ],
  },
  'contact-organisme': {
    label: "Contact de l'organisme",
    kind: 'sequence',
    children: [
      ['type-contact', 0, 1, { since: '2.3' }],
      ['coordonnees', 1, 1],
      ['extras', 0, 'n'],
    ],
  },
  'type-contact': { label: 'Type de contact', kind: 'key', dict: 'type-contact', since: '2.3' },
  'renseignements-specifiques': {
    label: "Renseignements spécifiques sur l'organisme",
    kind: 'text',
    min: 0,
    max: 3000,
  },
  potentiel: {
    label: 'Potentiel',
    kind: 'sequence',
    children: [
      ['code-FORMACODE', 1, 25],
      ['extras', 0, 'n'],
    ],
  },
  'code-UAI-organisme-formation': {
    label: "UAI de l'organisme",
    kind: 'sequence',
    since: '2.3',
    children: [
      ['code-UAI', 1, 1],
      ['extras', 0, 'n'],
    ],
  },
  'code-UAI': { label: 'Code UAI', kind: 'text', min: 8, max: 8, since: '2.3' },
  'organisme-formateur': {
    label: 'Organisme formateur',
    kind: 'sequence',
    children: [
      ['SIRET-formateur', 1, 1],
      ['raison-sociale-formateur', 1, 1],
      ['contact-formateur', 0, 'n', { v22: [0, 1] }],
      ['potentiel', 0, 1],
      ['code-UAI-formateur', 0, 1, { since: '2.3' }],
      ['reference-certification', 0, 5, { since: '2.3' }],
      ['extras', 0, 'n'],
    ],
  },
  'SIRET-formateur': {
    label: 'SIRET du formateur',
    kind: 'sequence',
    children: [
      ['SIRET', 1, 1],
      ['extras', 0, 'n'],
    ],
  },
  'raison-sociale-formateur': { label: 'Raison sociale du formateur', kind: 'text', min: 0, max: 250 },
  'contact-formateur': {
    label: "Contact de l'organisme formateur",
    kind: 'sequence',
    children: [
      ['type-contact', 0, 1, { since: '2.3' }],
      ['coordonnees', 1, 1],
      ['extras', 0, 'n'],
    ],
  },
  'code-UAI-formateur': {
    label: 'UAI du formateur',
    kind: 'sequence',
    since: '2.3',
    children: [
      ['code-UAI', 1, 1],
      ['extras', 0, 'n'],
    ],
  },
} as const satisfies Record<string, ElementRow>;
