import type { Difference, DifferenceKind } from './diff.ts';
import { fieldOf, pathSteps } from './paths.ts';
import type { Bilingual, Lang } from './words.ts';

type Gender = 'm' | 'f' | 'mp' | 'fp';

/** Rows counted by number: the step that holds them, their word, their gender. */
const ROWS = {
  actions: { fr: 'action', en: 'action', gender: 'f' },
  sessions: { fr: 'session', en: 'session', gender: 'f' },
  dispositifs: { fr: 'dispositif', en: 'dispositif', gender: 'm' },
  sites: { fr: 'site', en: 'site', gender: 'm' },
} as const;
type Row = keyof typeof ROWS;

/** Words for the fields people look for first: a part of the field's address, then its name. */
const FIELDS: readonly (readonly [part: string, word: Bilingual, gender: Gender])[] = [
  ['intitule-formation', { fr: 'intitulé', en: 'title' }, 'm'],
  ['prix-', { fr: 'prix', en: 'price' }, 'm'],
  ['periode-inscription', { fr: 'inscriptions', en: 'enrolment' }, 'fp'],
  ['periode', { fr: 'dates', en: 'dates' }, 'fp'],
  ['etat-recrutement', { fr: 'recrutement', en: 'recruitment' }, 'm'],
  ['lieu-de-formation', { fr: 'lieu', en: 'place' }, 'm'],
  ['/site', { fr: 'lieu', en: 'place' }, 'm'],
  ['contact-', { fr: 'contact', en: 'contact' }, 'm'],
  ['coordonnees', { fr: 'adresse', en: 'address' }, 'f'],
  ['adresse', { fr: 'adresse', en: 'address' }, 'f'],
  ['certification', { fr: 'certification', en: 'certification' }, 'f'],
  ['code-public-vise', { fr: 'publics', en: 'publics' }, 'mp'],
  ['domaine-formation', { fr: 'domaines', en: 'domains' }, 'mp'],
  ['potentiel', { fr: 'domaines', en: 'domains' }, 'mp'],
  ['objectif-formation', { fr: 'objectif', en: 'objective' }, 'm'],
  ['contenu-formation', { fr: 'contenu', en: 'content' }, 'm'],
  ['resultats-attendus', { fr: 'résultats', en: 'results' }, 'mp'],
  ['nombre-heures', { fr: 'durée', en: 'duration' }, 'f'],
  ['duree', { fr: 'durée', en: 'duration' }, 'f'],
  ['modalites-enseignement', { fr: 'modalité', en: 'mode' }, 'f'],
  ['SIRET', { fr: 'SIRET', en: 'SIRET' }, 'm'],
  ['numero-activite', { fr: 'NDA', en: 'NDA' }, 'm'],
  ['raison-sociale', { fr: 'nom', en: 'name' }, 'm'],
  ['nom-organisme', { fr: 'nom', en: 'name' }, 'm'],
];

const ENDINGS: Record<Gender, string> = { m: '', f: 'e', mp: 's', fp: 'es' };
const VERBS: Record<DifferenceKind, Bilingual> = {
  added: { fr: 'ajouté', en: 'added' },
  removed: { fr: 'retiré', en: 'removed' },
  changed: { fr: 'modifié', en: 'changed' },
  moved: { fr: 'déplacé', en: 'moved' },
};
const MAX_WORDS = 10;

function rowOf({ path, kind }: Difference): Row | undefined {
  const container = pathSteps(path).at(-2) ?? '';
  return kind !== 'changed' && Object.hasOwn(ROWS, container) ? (container as Row) : undefined;
}

function rowParts(differences: readonly Difference[], lang: Lang): string[] {
  const counts = new Map<string, { row: Row; kind: DifferenceKind; count: number }>();
  for (const difference of differences) {
    const row = rowOf(difference);
    if (row === undefined) continue;
    const key = `${row} ${difference.kind}`;
    counts.set(key, { row, kind: difference.kind, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].map(({ row, kind, count }) => {
    const { gender, [lang]: word } = ROWS[row];
    const plural = count > 1 ? 's' : '';
    const ending = lang === 'fr' ? `${ENDINGS[gender]}${plural}` : '';
    return `${count} ${word}${plural} ${VERBS[kind][lang]}${ending}`;
  });
}

function fieldParts(differences: readonly Difference[], lang: Lang): { parts: string[]; others: number } {
  const parts = new Set<string>();
  let others = 0;
  for (const difference of differences.filter((one) => rowOf(one) === undefined)) {
    const field = `/${fieldOf(difference.path)}`;
    const known = FIELDS.find(([part]) => field.includes(part));
    if (known === undefined) {
      others++;
      continue;
    }
    const [, word, gender] = known;
    parts.add(`${word[lang]} ${VERBS.changed[lang]}${lang === 'fr' ? ENDINGS[gender] : ''}`);
  }
  return { parts: [...parts], others };
}

function othersPart(count: number, lang: Lang): string[] {
  if (count === 0) return [];
  const plural = count > 1 ? 's' : '';
  return lang === 'fr' ? [`${count} champ${plural} modifié${plural}`] : [`${count} field${plural} changed`];
}

/** What changed in at most ten words: "3 sessions ajoutées, prix modifié"; what does not fit is shown by an ellipsis. */
export function summarize(differences: readonly Difference[], lang: Lang): string {
  if (differences.length === 0) return lang === 'fr' ? 'rien n’a changé' : 'nothing changed';
  const { parts, others } = fieldParts(differences, lang);
  const all = [...rowParts(differences, lang), ...parts, ...othersPart(others, lang)];
  const kept: string[] = [];
  let words = 0;
  for (const part of all) {
    words += part.split(' ').length;
    if (words > MAX_WORDS) break;
    kept.push(part);
  }
  return kept.join(', ') + (kept.length < all.length ? '…' : '');
}
