import type { LheoElement } from '../../../domain/grammar/types.ts';
import { ndaOf, sirenOf, siretOf } from './identifiers.ts';
import type { Place } from './places.ts';
import { Dice } from './random.ts';
import { THEMES } from './themes.ts';

const FORMS = [
  'Institut',
  'Centre de formation',
  'Atelier-école',
  'Académie',
  'Greta',
  'Campus',
  'Maison des métiers',
  'Pôle formation',
];
const QUALIFIERS = [
  'de l’Erdre',
  'du Val de Loire',
  'du Maine',
  'de la Mayenne',
  'du Bocage',
  'des Mauges',
  'de l’Estuaire',
  'du Saumurois',
  'de Vendée',
  'de la Sarthe',
  'de l’Océan',
  'des Coëvrons',
];
const STREETS = [
  'rue des Ateliers',
  'rue de la Gare',
  'avenue de l’Europe',
  'rue du Moulin',
  'boulevard des Apprentis',
  'place de l’Église',
  'rue Jean-Monnet',
];

export interface MadeOrganisme {
  readonly index: number;
  readonly nda: string;
  readonly siren: string;
  readonly siret: string;
  readonly nom: string;
  readonly place: Place;
  readonly themes: readonly number[];
  readonly qualiopi: boolean;
}

/** Organisme number `index` of the set: the same for a seed whatever else is made. */
export function organismeAt(seed: number, index: number, places: readonly Place[]): MadeOrganisme {
  const dice = new Dice(seed, 'organisme', index);
  const place = dice.pick(places);
  const siren = sirenOf(seed * 97_000 + index + 1);
  const themes = dice.some(
    THEMES.map((_, i) => i),
    dice.int(2, 5),
  );
  return {
    index,
    nda: ndaOf(place.departement, index + 1, dice),
    siren,
    siret: siretOf(siren, 1),
    nom: `${dice.pick(FORMS)} ${dice.pick(QUALIFIERS)}${index < 40 ? '' : ` ${index}`}`,
    place,
    themes,
    qualiopi: dice.chance(0.85),
  };
}

/** Where post goes in a commune, to a street that the dice choose. */
export function postIn(place: Place, dice: Dice): LheoElement<'adresse'> {
  return {
    ligne: [`${dice.int(1, 120)} ${dice.pick(STREETS)}`],
    codepostal: place.codePostal,
    ville: place.nom,
  };
}

/** The same with the codes and the coordinates of a place where people go to learn. */
export function adresseIn(place: Place, dice: Dice): LheoElement<'adresse'> {
  return {
    ...postIn(place, dice),
    departement: place.departement,
    'code-INSEE-commune': place.insee,
    region: '52',
    pays: 'FR',
    geolocalisation: { latitude: place.latitude, longitude: place.longitude },
  };
}

/** The organisme as LHÉO names it, `organisme-formation-responsable`. */
export function organismeElement(made: MadeOrganisme, seed: number): LheoElement<'organisme-formation-responsable'> {
  const dice = new Dice(seed, 'organisme-adresse', made.index);
  const adresse = adresseIn(made.place, dice);
  const contact = {
    telfixe: { numtel: [`02 99 00 ${dice.digits(2)} ${dice.digits(2)}`] },
    courriel: `contact@of${made.index}.exemple.invalid`,
  };
  const web = { urlweb: [`https://of${made.index}.exemple.invalid`] };
  return {
    '@': { numero: `21_${1_000 + made.index}` },
    'numero-activite': made.nda,
    'SIRET-organisme-formation': { SIRET: made.siret },
    'nom-organisme': made.nom,
    'raison-sociale': `${made.nom} SARL`,
    'coordonnees-organisme': { coordonnees: { adresse, ...contact, web } },
    'contact-organisme': [{ coordonnees: { nom: 'Accueil', ...contact } }],
    potentiel: {
      'code-FORMACODE': made.themes.flatMap((i) => {
        const theme = THEMES[i];
        return theme ? [{ '#': theme.formacode, '@': { ref: 'V14' } }] : [];
      }),
    },
  };
}
