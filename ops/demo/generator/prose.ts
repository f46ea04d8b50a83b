import type { Dice } from './random.ts';
import type { Theme } from './themes.ts';

const OPENINGS = [
  'À l’issue de la formation, le stagiaire sait',
  'La personne formée sait au terme du parcours',
  'Le participant apprend à',
  'Les séances conduisent à',
];
const LINKS = ['puis', 'et', 'mais aussi', 'tout en apprenant à'];
const CONDITIONS = [
  'en sécurité',
  'dans les règles de l’art',
  'avec les outils de l’atelier',
  'en autonomie',
  'au sein d’une équipe',
  'dans le temps imparti',
  'selon le cahier des charges',
];
const METHODS = [
  'Des apports courts alternent avec des mises en situation.',
  'Chaque séquence se termine par une évaluation formative.',
  'Un formateur suit chaque stagiaire et tient avec lui un carnet de progression.',
  'Les cas traités viennent des entreprises du territoire.',
  'Une période en entreprise permet de vérifier les acquis.',
  'Les supports sont remis au format papier et numérique.',
];

function sentence(theme: Theme, dice: Dice): string {
  return `${dice.pick(OPENINGS)} ${dice.pick(theme.gestes)} ${dice.pick(CONDITIONS)}, ${dice.pick(LINKS)} ${dice.pick(theme.gestes)} ${dice.pick(CONDITIONS)}.`;
}

/** A paragraph on a theme of about `length` characters, never longer than LHÉO's 3 000. */
export function paragraph(theme: Theme, dice: Dice, length: number): string {
  const parts: string[] = [];
  let total = 0;
  while (total < length) {
    const next = dice.chance(0.35) ? dice.pick(METHODS) : sentence(theme, dice);
    if (total + next.length + 1 > 2_990) break;
    parts.push(next);
    total += next.length + 1;
  }
  return parts.join(' ');
}
