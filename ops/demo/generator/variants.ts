import type { Place } from './places.ts';
import type { Dice } from './random.ts';

/** What makes one formation of a title differ from the next. */
export interface Variant {
  /** What its title adds. */
  readonly suffix: string;
  readonly distance?: boolean;
  readonly alternance?: boolean;
  readonly rythme?: string;
}

const OF_ANY: readonly Variant[] = [
  { suffix: '' },
  { suffix: '' },
  { suffix: ' à distance', distance: true },
  { suffix: ', cours du soir', rythme: 'Cours du soir' },
  { suffix: ', parcours accéléré', rythme: 'Temps plein' },
  { suffix: ', parcours individualisé', rythme: 'Continu, modulaire' },
];
const OF_CERTIFIED: readonly Variant[] = [
  { suffix: ' en alternance', alternance: true },
  { suffix: ' (un ou plusieurs blocs de compétences)', rythme: 'Continu, modulaire' },
  { suffix: ' en un an', rythme: 'Temps plein' },
  { suffix: ' en deux ans', alternance: true },
];
const OF_OTHERS: readonly Variant[] = [
  { suffix: ', niveau 1' },
  { suffix: ', niveau 2' },
  { suffix: ' en petit groupe' },
  { suffix: ' pour salariés en reconversion' },
];

/** A variant of a title; four in ten name the place as well. */
export function variantOf(certified: boolean, place: Place, dice: Dice): Variant {
  const variant = dice.pick([...OF_ANY, ...(certified ? OF_CERTIFIED : OF_OTHERS)]);
  const here = variant.distance !== true && dice.chance(0.4);
  return here ? { ...variant, suffix: `${variant.suffix} (${place.nom})` } : variant;
}
