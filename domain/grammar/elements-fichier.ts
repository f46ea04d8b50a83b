import type { ElementRow } from './shape.ts';

/** Roots of files, summaries of an index, and the extension mechanism. */
export const ELEMENTS_FICHIER = {
  lheo: {
    label: 'Fichier LHÉO',
    kind: 'sequence',
    attributs: 'suivi',
    children: [
      ['offres', 1, 1],
      ['extras', 0, 'n'],
    ],
  },
  offres: {
    label: 'Offres de formation',
    kind: 'sequence',
    children: [
      ['formation', 1, 'n'],
      ['extras', 0, 'n'],
    ],
  },
  'lheo-plus': {
    label: "Fichier LHÉO avec liste d'organismes",
    kind: 'sequence',
    children: [
      ['lheo', 0, 1],
      ['organisme-formation-responsable', 0, 'n'],
      ['extras', 0, 'n'],
    ],
  },
  'lheo-index': {
    label: "Index d'offres et d'organismes",
    kind: 'sequence',
    attributs: 'suivi',
    children: [
      ['resumes-offres', 0, 1],
      ['resumes-organismes', 0, 1],
      ['extras', 0, 'n'],
    ],
  },
  'resumes-offres': {
    label: "Résumés d'offres",
    kind: 'sequence',
    children: [
      ['resume-offre', 0, 'n'],
      ['extras', 0, 'n'],
    ],
  },
  'resume-offre': {
    label: "Résumé d'une offre",
    kind: 'sequence',
    attributs: 'lienSuivi',
    children: [
      ['domaine-formation', 1, 1],
      ['intitule-formation', 1, 1],
      ['nom-organisme', 1, 1],
      ['SIRET', 1, 1],
      ['codepostal', 0, 1],
      ['code-INSEE-commune', 0, 1],
      ['ville', 1, 1],
      ['departement', 1, 1],
      ['region', 0, 1],
      ['certifiante', 1, 1],
      ['code-niveau-entree', 1, 1],
      ['prise-en-charge-frais-possible', 1, 1],
      ['modalites-enseignement', 0, 1],
      ['code-public-vise', 1, 10],
      ['nombre-heures-total', 0, 1],
      ['session', 0, 'n'],
      ['contact-formation-resume', 0, 'n', { v22: [0, 1] }],
      ['certification', 0, 5],
      ['extras', 0, 'n'],
    ],
  },
  'contact-formation-resume': {
    label: "Contact de l'offre résumée",
    kind: 'sequence',
    children: [
      ['type-contact', 0, 1, { since: '2.3' }],
      ['nom', 0, 1],
      ['telfixe', 0, 1],
      ['courriel', 0, 1],
      ['extras', 0, 'n'],
    ],
  },
  'resumes-organismes': {
    label: "Résumés d'organismes",
    kind: 'sequence',
    children: [
      ['resume-organisme', 0, 'n'],
      ['extras', 0, 'n'],
    ],
  },
  'resume-organisme': {
    label: "Résumé d'un organisme",
    kind: 'sequence',
    attributs: 'lienSuivi',
    children: [
      ['nom-organisme', 1, 1],
      ['raison-sociale', 1, 1],
      ['SIRET', 1, 1],
      ['numero-activite', 1, 1],
      ['extras', 0, 'n'],
    ],
  },
  extras: { label: 'Extensions', kind: 'extras' },
  extra: { label: 'Extension', kind: 'any' },
} as const satisfies Record<string, ElementRow>;
