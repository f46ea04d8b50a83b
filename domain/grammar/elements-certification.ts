import type { ElementRow } from './shape.ts';

/** Certifications, codes of formations without one, references to them and blocs of competences. */
export const ELEMENTS_CERTIFICATION = {
  certification: {
    label: 'Certification préparée',
    kind: 'sequence',
    children: [
      ['code-RNCP', 0, 1],
      ['code-CERTIFINFO', 0, 1],
      ['code-RS', 0, 1, { since: '2.3' }],
      ['code-CPF', 0, 1, { since: '2.3' }],
      ['reference-code-FORMACODE', 0, 1, { since: '2.3' }],
      ['extras', 0, 'n'],
    ],
  },
  'code-RNCP': { label: 'Code RNCP', kind: 'text', min: 1, max: 10, v22: { max: 6 } },
  'code-CERTIFINFO': { label: 'Code CERTIFINFO', kind: 'text', min: 1, max: 10, v22: { max: 6 } },
  'code-RS': { label: 'Code RS', kind: 'text', min: 3, max: 10, since: '2.3' },
  'code-CPF': { label: 'Code CPF', kind: 'text', min: 4, max: 10, since: '2.3' },
  'code-ELU': { label: "Code d'une formation réservée aux élus", kind: 'text', min: 4, max: 10, since: '2.3' },
  'reference-code-FORMACODE': { label: "Référence d'un code FORMACODE", kind: 'text', min: 5, max: 5, since: '2.3' },
  'code-type-formation': {
    label: "Code d'une formation sans certification enregistrée",
    kind: 'sequence',
    since: '2.3',
    children: [
      ['code-CPF', 0, 1],
      ['code-ELU', 0, 1],
      ['extras', 0, 'n'],
    ],
  },
  'reference-certification': {
    label: 'Référence à une certification',
    kind: 'sequence',
    since: '2.3',
    children: [
      ['reference-code-RNCP', 0, 1],
      ['reference-code-CERTIFINFO', 0, 1],
      ['reference-code-RS', 0, 1],
      ['extras', 0, 'n'],
    ],
  },
  'reference-code-RNCP': { label: "Référence d'un code RNCP", kind: 'text', min: 1, max: 10, since: '2.3' },
  'reference-code-CERTIFINFO': { label: "Référence d'un code CERTIFINFO", kind: 'text', min: 1, max: 10, since: '2.3' },
  'reference-code-RS': { label: "Référence d'un code RS", kind: 'text', min: 1, max: 10, since: '2.3' },
  'blocs-competences': {
    label: 'Blocs de compétences',
    kind: 'sequence',
    since: '2.3',
    children: [
      ['validation-blocs', 1, 1],
      ['reference-certification', 1, 1],
      ['bloc-competences', 1, 'n'],
      ['extras', 0, 'n'],
    ],
  },
  'validation-blocs': { label: 'Validation des blocs', kind: 'key', dict: 'type-validation-blocs', since: '2.3' },
  'bloc-competences': {
    label: 'Bloc de compétences',
    kind: 'sequence',
    since: '2.3',
    children: [
      ['libelle-bloc', 1, 1],
      ['code-bloc', 1, 1],
      ['extras', 0, 'n'],
    ],
  },
  'libelle-bloc': { label: 'Libellé du bloc de compétences', kind: 'text', min: 1, max: 500, since: '2.3' },
  'code-bloc': { label: 'Code du bloc de compétences', kind: 'text', min: 8, max: 40, since: '2.3' },
} as const satisfies Record<string, ElementRow>;
