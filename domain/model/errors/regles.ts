import type { ErrorEntry } from './entry.ts';

/** Refusals about settings of rules and fiches that look alike. */
export const REGLES_ERRORS = {
  'severite-interdite': {
    status: 422,
    title: { fr: 'Cette règle ne peut pas recevoir cette sévérité', en: 'This rule cannot be given this severity' },
    mend: {
      fr: 'Ce qui rend une fiche illisible bloque toujours ; rien d’autre ne bloque le flux d’un autre système.',
      en: 'What makes an entry unreadable always blocks; nothing else blocks another system’s flow.',
    },
  },
  'date-passee': {
    status: 422,
    title: { fr: 'Une règle ne change pas dans le passé', en: 'A rule does not change in the past' },
    mend: { fr: 'Choisissez aujourd’hui ou un jour à venir.', en: 'Choose today or a day to come.' },
  },
  'fusion-interdite': {
    status: 409,
    title: { fr: 'Ces deux fiches ne peuvent pas être réunies', en: 'These two entries cannot be merged' },
    mend: {
      fr: 'Réunissez deux formations d’un même organisme, dont celle qui reste est acceptée ; sinon, liez-les.',
      en: 'Merge two formations of one organisme, of which the one that stays is accepted; else link them.',
    },
  },
  'autre-soumission-ouverte': {
    status: 409,
    title: {
      fr: 'La fiche à retirer a une autre soumission ouverte',
      en: 'The entry to retire has another open soumission',
    },
    mend: { fr: 'Décidez d’abord cette soumission.', en: 'Decide that soumission first.' },
  },
} as const satisfies Record<string, ErrorEntry>;
