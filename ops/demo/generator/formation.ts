import type { LheoElement } from '../../../domain/grammar/types.ts';
import { adresseIn, type MadeOrganisme, organismeAt, organismeElement } from './organisme.ts';
import type { Place } from './places.ts';
import { paragraph } from './prose.ts';
import { Dice } from './random.ts';
import { THEMES, type Theme } from './themes.ts';

/** What a set is made from: the same options give the same set. */
export interface SetOptions {
  readonly seed: number;
  readonly organismes: number;
  readonly formations: number;
  /** Days since the epoch of the day around which sessions lie. */
  readonly todayDays: number;
  readonly places: readonly Place[];
  /** What numeros begin with; `21_` when absent. */
  readonly prefix?: string;
}

/** Invented certification number of a theme's title, in a range that no real register has reached. */
export function certificationOf(
  theme: Theme,
  title: number,
): { readonly registre: 'RNCP' | 'RS'; readonly numero: string } | undefined {
  const found = theme.certifiantes[title];
  if (!found) return undefined;
  return { registre: found.registre, numero: `${90_000 + THEMES.indexOf(theme) * 10 + title}` };
}

const PUBLICS = ['80006', '82044', '81050', '81024', '81020', '81018'];
/** Funders that go together: 16 (OPCO) never stands beside 0, 5 or 10. */
const FUNDERS = [
  ['2', '4'],
  ['16', '17'],
  ['5', '10'],
  ['4', '7'],
  ['2', '17'],
  ['16', '4'],
  ['10', '7'],
];

const lheoDate = (days: number): string => new Date(days * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');

function session(options: SetOptions, numero: string, place: Place, dice: Dice): LheoElement<'session'> {
  const start = options.todayDays + dice.int(-60, 300);
  const length = dice.pick([2, 5, 20, 60, 120, 240]);
  return {
    '@': { numero },
    periode: { debut: lheoDate(start), fin: lheoDate(Math.max(start + length, options.todayDays + 3)) },
    'adresse-inscription': { adresse: adresseIn(place, dice) },
    'modalites-inscription': 'Dossier et entretien',
    'periode-inscription': { periode: { debut: lheoDate(start - 60), fin: lheoDate(start - 1) } },
    'etat-recrutement': start < options.todayDays ? '2' : dice.pick(['1', '1', '1', '3']),
  };
}

function action(
  options: SetOptions,
  made: MadeOrganisme,
  _theme: Theme,
  numeros: Numeros,
  dice: Dice,
): LheoElement<'action'> {
  const remote = dice.chance(0.12);
  const place = dice.chance(0.6) ? made.place : dice.pick(options.places);
  const centre = dice.pick([14, 21, 35, 70, 140, 420, 600]);
  const entreprise = centre >= 140 ? dice.pick([0, 35, 140]) : 0;
  const hourly = dice.int(900, 2_600) / 100;
  return {
    '@': { numero: numeros.action() },
    'rythme-formation': dice.pick(['Temps plein', 'Temps partiel', 'Cours du soir', 'Continu, modulaire']),
    'code-public-vise': dice.some(PUBLICS, dice.int(1, 3)).map((code) => ({ '#': code, '@': { ref: 'V14' } })),
    'niveau-entree-obligatoire': dice.pick(['0', '1']),
    'modalites-alternance': entreprise ? 'Une période en entreprise est prévue.' : 'Sans alternance',
    'modalites-enseignement': remote ? '2' : dice.pick(['0', '0', '0', '1']),
    'conditions-specifiques': dice.pick([
      'Savoir lire, écrire et compter.',
      'Avoir un projet professionnel validé.',
      'Être majeur.',
    ]),
    'prise-en-charge-frais-possible': '1',
    'lieu-de-formation': [{ coordonnees: { nom: made.nom, adresse: adresseIn(place, dice) } }],
    'modalites-entrees-sorties': dice.chance(0.1) ? '1' : '0',
    session: Array.from({ length: dice.pick([1, 1, 1, 2, 2, 3, 2]) }, () =>
      session(options, numeros.session(), place, dice),
    ),
    'acces-handicapes': 'Locaux accessibles aux personnes à mobilité réduite',
    'langue-formation': ['FR'],
    'modalites-recrutement': 'Entretien et tests de positionnement',
    'modalites-pedagogiques': 'Alternance d’apports et de mises en situation',
    'code-perimetre-recrutement': '3',
    'prix-horaire-TTC': hourly.toFixed(2),
    'prix-total-TTC': (hourly * centre).toFixed(2),
    'nombre-heures-centre': String(centre),
    'nombre-heures-entreprise': String(entreprise),
    'nombre-heures-total': String(centre + entreprise),
    'detail-conditions-prise-en-charge': 'Selon le statut de la personne et les règles du financeur.',
    conventionnement: dice.pick(['0', '1']),
    'organisme-formateur': [
      {
        'SIRET-formateur': { SIRET: made.siret },
        'raison-sociale-formateur': made.nom,
        'contact-formateur': [
          {
            coordonnees: {
              adresse: adresseIn(made.place, dice),
              courriel: `formation@of${made.index}.exemple.invalid`,
            },
          },
        ],
      },
    ],
    'organisme-financeur': dice
      .pick(FUNDERS)
      .map((code) => ({ 'code-financeur': code, 'nb-places-financees': String(dice.int(4, 16)) })),
  };
}

interface Numeros {
  readonly action: () => string;
  readonly session: () => string;
}

/** Formation number `index` of the set as LHÉO 2.3 JSON, with one to three actions and their sessions. */
export function formationAt(options: SetOptions, index: number): LheoElement<'formation'> {
  const dice = new Dice(options.seed, 'formation', index);
  const made = organismeAt(options.seed, Math.floor(dice.next() ** 1.6 * options.organismes), options.places);
  const theme = THEMES[dice.pick(made.themes)];
  if (!theme) throw new RangeError('Cannot find the theme of an organisme');
  const choice = dice.int(0, theme.certifiantes.length + theme.autres.length - 1);
  const certification = certificationOf(theme, choice);
  const titre = theme.certifiantes[choice]?.titre ?? theme.autres[choice - theme.certifiantes.length] ?? theme.nom;
  const prefix = options.prefix ?? '21_';
  let actions = 0;
  let sessions = 0;
  const numeros: Numeros = {
    action: () => `${prefix}${2_000_000 + index * 4 + actions++}`,
    session: () => `${prefix}${20_000_000 + index * 20 + sessions++}`,
  };
  return {
    '@': { numero: `${prefix}${100_000 + index}`, datecrea: lheoDate(options.todayDays - dice.int(30, 900)) },
    'domaine-formation': {
      'code-FORMACODE': [{ '#': theme.formacode, '@': { ref: 'V14', tag: 'principal' } }],
      'code-NSF': [theme.nsf],
      'code-ROME': [theme.rome],
    },
    'intitule-formation': titre,
    'objectif-formation': paragraph(theme, dice, dice.int(150, 900)),
    'resultats-attendus': paragraph(theme, dice, dice.int(120, 500)),
    'contenu-formation': paragraph(theme, dice, dice.int(600, 2_400)),
    certifiante: certification ? '1' : '0',
    'contact-formation': [
      {
        coordonnees: {
          nom: 'Accueil',
          telfixe: { numtel: [`02 99 00 ${dice.digits(2)} ${dice.digits(2)}`] },
          courriel: `formation@of${made.index}.exemple.invalid`,
        },
      },
    ],
    'parcours-de-formation': dice.pick(['1', '2', '3', '4']),
    'code-niveau-entree': dice.pick(['1', '13', '14']),
    'objectif-general-formation': certification ? '6' : '7',
    ...(certification && {
      certification: [
        certification.registre === 'RNCP' ? { 'code-RNCP': certification.numero } : { 'code-RS': certification.numero },
      ],
    }),
    ...(certification && { 'code-niveau-sortie': theme.certifiantes[choice]?.niveau ?? '1' }),
    'url-formation': { urlweb: [`https://of${made.index}.exemple.invalid/formations/${index}`] },
    action: Array.from({ length: dice.pick([1, 1, 2, 3]) }, () => action(options, made, theme, numeros, dice)),
    'organisme-formation-responsable': organismeElement(made, options.seed),
  };
}
