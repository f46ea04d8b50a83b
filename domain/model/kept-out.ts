import { pathLabel } from './path-label.ts';
import { RULES } from './rules.ts';
import type { Bilingual } from './words.ts';

const WORDS: Readonly<Record<string, Bilingual>> = {
  echue: { fr: 'Aucune session à venir.', en: 'No session to come.' },
  epinglee: { fr: 'Le Cariforef garde une version antérieure.', en: 'The Cariforef keeps an earlier version.' },
  differee: { fr: 'Sa publication est prévue plus tard.', en: 'Its publication is set for later.' },
  disjoncteur: {
    fr: 'Trop de sessions disparaîtraient à la fois : le Cariforef vérifie.',
    en: 'Too many sessions would vanish at once: the Cariforef checks.',
  },
  'sans-numero': { fr: 'Elle n’a pas de numéro ; le Cariforef le sait.', en: 'It has no number; the Cariforef knows.' },
};
const UNREADY: Bilingual = {
  fr: 'Elle ne passe pas les contrôles de publication ; le Cariforef le sait.',
  en: 'It does not pass the checks of publication; the Cariforef knows.',
};

const SENTENCES = new Map(RULES.map(({ id, sentence }) => [id, sentence]));

/** `regle: <id> <path>`: the rule that it no longer passes, and where. */
function ruleWords(reason: string): Bilingual | undefined {
  const [, id = '', path = ''] = /^regle: (\S+) ?(.*)$/.exec(reason) ?? [];
  const sentence = SENTENCES.get(id);
  if (sentence === undefined) return undefined;
  const at = (lang: 'fr' | 'en') => (path === '' ? '' : ` (${pathLabel(path, undefined, lang)})`);
  return {
    fr: `Elle ne passe plus une règle : ${sentence.fr}${at('fr')}`,
    en: `It no longer passes a rule: ${sentence.en}${at('en')}`,
  };
}

/** Why a release keeps something out, in words; the reason is a code, with what it is about after it. */
export function keptOutWords(reason: string): Bilingual {
  return WORDS[reason.split(' ')[0] ?? ''] ?? ruleWords(reason) ?? UNREADY;
}
