import type { LheoElement } from '../../../domain/grammar/types.ts';
import { dispositifsOf, type Funder, fundersOf } from './funding.ts';
import { lheoDate } from './identifiers.ts';
import { adresseIn, type MadeOrganisme, organismeAt, organismeElement, postIn } from './organisme.ts';
import type { Place } from './places.ts';
import { paragraph } from './prose.ts';
import { Dice } from './random.ts';
import { THEMES, type Theme } from './themes.ts';
import { type Variant, variantOf } from './variants.ts';

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
  /** Numeros left free before the set's first; 0 when absent. */
  readonly base?: number;
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

/**
 * How many actions four formations that follow each other have, how many sessions each of those seven actions has, and
 * how many funders: 7, 12 and 24, so that a set holds 7/4 actions, 3 sessions and 6 dispositifs a formation (design §12).
 */
const ACTIONS = [1, 1, 2, 3];
const SESSIONS = [1, 2, 1, 3, 1, 2, 2];
const FUNDERS_OF = [1, 2, 3, 2, 2, 3, 1];

/** The actions of formation `index`, as places in that pattern. */
function actionsOf(index: number): readonly { readonly sessions: number; readonly funders: number }[] {
  const at = index % ACTIONS.length;
  const first = ACTIONS.slice(0, at).reduce((sum, one) => sum + one, 0);
  return Array.from({ length: ACTIONS[at] ?? 1 }, (_, k) => {
    return { sessions: SESSIONS[first + k] ?? 1, funders: FUNDERS_OF[first + k] ?? 1 };
  });
}

/** One formation in three is that of the next organisme, until each has one; large organismes have most of the others. */
function organismeOf({ organismes }: SetOptions, index: number, dice: Dice): number {
  const drawn = Math.floor(dice.next() ** 1.6 * organismes);
  return index % 3 === 0 && index / 3 < organismes ? index / 3 : drawn;
}

function session(
  options: SetOptions,
  { numero, place, funders }: { readonly numero: string; readonly place: Place; readonly funders: readonly Funder[] },
  dice: Dice,
): LheoElement<'session'> {
  const start = options.todayDays + dice.int(-60, 300);
  const length = dice.pick([2, 5, 20, 60, 120, 240]);
  const end = Math.max(start + length, options.todayDays + 3);
  return {
    '@': { numero },
    periode: { debut: lheoDate(start), fin: lheoDate(end) },
    'adresse-inscription': { adresse: postIn(place, dice) },
    'modalites-inscription': 'Dossier et entretien',
    'periode-inscription': { periode: { debut: lheoDate(start - 60), fin: lheoDate(start - 1) } },
    'etat-recrutement': start < options.todayDays ? '2' : dice.pick(['1', '1', '1', '3']),
    extras: [dispositifsOf(funders, end, dice)],
  };
}

function action(
  options: SetOptions,
  made: MadeOrganisme,
  shape: { readonly sessions: number; readonly funders: number; readonly variant: Variant },
  numeros: Numeros,
  dice: Dice,
): LheoElement<'action'> {
  const remote = shape.variant.distance ?? dice.chance(0.08);
  const place = dice.chance(0.6) ? made.place : dice.pick(options.places);
  const centre = dice.pick([14, 21, 35, 70, 140, 420, 600]);
  const entreprise = shape.variant.alternance ? dice.pick([35, 140, 420]) : 0;
  const hourly = dice.int(900, 2_600) / 100;
  const publics = dice.some(PUBLICS, dice.int(1, 3));
  const funders = fundersOf(shape.funders, publics, dice);
  return {
    '@': { numero: numeros.action() },
    'rythme-formation': shape.variant.rythme ?? dice.pick(['Temps plein', 'Temps partiel', 'Continu, modulaire']),
    'code-public-vise': publics.map((code) => ({ '#': code, '@': { ref: 'V14' } })),
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
    session: Array.from({ length: shape.sessions }, () =>
      session(options, { numero: numeros.session(), place, funders }, dice),
    ),
    'acces-handicapes': 'Locaux accessibles aux personnes à mobilité réduite',
    'langue-formation': ['FR'],
    'modalites-pedagogiques': 'Alternance d’apports et de mises en situation',
    'code-perimetre-recrutement': '3',
    'prix-horaire-TTC': hourly.toFixed(2),
    'prix-total-TTC': (hourly * centre).toFixed(2),
    'nombre-heures-centre': String(centre),
    'nombre-heures-entreprise': String(entreprise),
    'nombre-heures-total': String(centre + entreprise),
    conventionnement: dice.pick(['0', '1']),
    'organisme-formateur': [
      {
        'SIRET-formateur': { SIRET: made.siret },
        'raison-sociale-formateur': made.nom,
        'contact-formateur': [
          {
            coordonnees: {
              telfixe: { numtel: [`02 99 00 ${dice.digits(2)} ${dice.digits(2)}`] },
              courriel: `formation@of${made.index}.exemple.invalid`,
            },
          },
        ],
      },
    ],
    'organisme-financeur': funders.map(({ code, places }) => ({
      'code-financeur': code,
      'nb-places-financees': String(places),
    })),
  };
}

interface Numeros {
  readonly action: () => string;
  readonly session: () => string;
}

/** Formation number `index` of the set as LHÉO 2.3 JSON, with one to three actions and their sessions. */
export function formationAt(options: SetOptions, index: number): LheoElement<'formation'> {
  const dice = new Dice(options.seed, 'formation', index);
  const made = organismeAt(options.seed, organismeOf(options, index, dice), options.places);
  const theme = THEMES[dice.pick(made.themes)];
  if (!theme) throw new RangeError('Cannot find the theme of an organisme');
  const choice = dice.int(0, theme.certifiantes.length + theme.autres.length - 1);
  const certification = certificationOf(theme, choice);
  const titre = theme.certifiantes[choice]?.titre ?? theme.autres[choice - theme.certifiantes.length] ?? theme.nom;
  const variant = variantOf(certification !== undefined, made.place, dice);
  const { prefix = '21_', base = 0 } = options;
  const rank = base + index;
  let actions = 0;
  let sessions = 0;
  const numeros: Numeros = {
    action: () => `${prefix}${2_000_000 + rank * 4 + actions++}`,
    session: () => `${prefix}${20_000_000 + rank * 20 + sessions++}`,
  };
  return {
    '@': { numero: `${prefix}${100_000 + rank}`, datecrea: lheoDate(options.todayDays - dice.int(30, 900)) },
    'domaine-formation': {
      'code-FORMACODE': [{ '#': theme.formacode, '@': { ref: 'V14', tag: 'principal' } }],
      'code-NSF': [theme.nsf],
      'code-ROME': [theme.rome],
    },
    'intitule-formation': `${titre}${variant.suffix}`,
    'objectif-formation': paragraph(theme, dice, dice.int(120, 400)),
    'resultats-attendus': paragraph(theme, dice, dice.int(100, 200)),
    'contenu-formation': paragraph(theme, dice, dice.int(300, 1_100)),
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
    action: actionsOf(index).map((shape) => action(options, made, { ...shape, variant }, numeros, dice)),
    'organisme-formation-responsable': organismeElement(made, options.seed),
  };
}
