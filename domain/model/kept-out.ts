import type { Bilingual } from './words.ts';

const WORDS: Readonly<Record<string, Bilingual>> = {
  echue: { fr: 'Aucune session à venir.', en: 'No session to come.' },
  epinglee: { fr: 'Le Cariforef garde une version antérieure.', en: 'The Cariforef keeps an earlier version.' },
  differee: { fr: 'Sa publication est prévue plus tard.', en: 'Its publication is set for later.' },
  disjoncteur: {
    fr: 'Trop de sessions disparaîtraient à la fois : le Cariforef vérifie.',
    en: 'Too many sessions would vanish at once: the Cariforef checks.',
  },
};
const UNREADY: Bilingual = {
  fr: 'Elle ne passe pas les contrôles de publication ; le Cariforef le sait.',
  en: 'It does not pass the checks of publication; the Cariforef knows.',
};

/** Why a release keeps something out, in words; the reason is a code, with what it is about after it. */
export function keptOutWords(reason: string): Bilingual {
  return WORDS[reason.split(' ')[0] ?? ''] ?? UNREADY;
}
