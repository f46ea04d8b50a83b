import { addDays } from './calendar.ts';
import type { ActionDocument, Dispositif, FormationDocument, OrganismeDocument, SessionDocument } from './documents.ts';
import type { ActionId, DispositifId, FicheId, ParisDay, SessionId, SiteId } from './ids.ts';
import { toLheoDate } from './lheo-dates.ts';

/** The day around which documents are built when none is given. */
export const SAMPLE_DAY = '2026-11-24' as ParisDay;

/** A UUID that is a function of a noun and a number: the same in every run. */
function sampleUuid(noun: string, n: number): string {
  let hash = 0x811c9dc5;
  for (const char of noun) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193) >>> 0;
  return `${hash.toString(16).padStart(8, '0')}-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
}

export const ficheId = (n: number) => sampleUuid('fiche', n) as FicheId;
export const actionId = (n: number) => sampleUuid('action', n) as ActionId;
export const sessionId = (n: number) => sampleUuid('session', n) as SessionId;
export const dispositifId = (n: number) => sampleUuid('dispositif', n) as DispositifId;
export const siteId = (n: number) => sampleUuid('site', n) as SiteId;

/** A SIRET with a right key for a number below 1 000 000. */
export function sampleSiret(n: number): string {
  const siren = withLuhnKey(`81${String(n).padStart(6, '0')}`);
  return withLuhnKey(`${siren}0001`);
}

function withLuhnKey(digits: string): string {
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, digit, index) => {
      const doubled = Number(digit) * (index % 2 === 0 ? 2 : 1);
      return total + (doubled > 9 ? doubled - 9 : doubled);
    }, 0);
  return digits + String((10 - (sum % 10)) % 10);
}

const ADRESSE_NANTES = {
  ligne: ['3 quai de la Fosse'],
  codepostal: '44000',
  ville: 'Nantes',
  departement: '44',
  'code-INSEE-commune': '44109',
  region: '52',
  pays: 'FR',
  geolocalisation: { latitude: '47.21250', longitude: '-1.56120' },
} as const;

const COORDONNEES = {
  nom: 'Accueil',
  adresse: ADRESSE_NANTES,
  telfixe: { numtel: ['02 99 00 00 00'] },
  courriel: 'accueil@organisme.example',
  web: { urlweb: ['https://organisme.example'] },
} as const;

/** A funding without limits by the Region (`2`), for the action's publics. */
export function aDispositif(given: Partial<Dispositif> = {}): Dispositif {
  return { id: dispositifId(1), codeFinanceur: '2', publics: [], nbPlaces: 12, origine: 'session', ...given };
}

type SessionGiven = Partial<SessionDocument> & { readonly day?: ParisDay };

/** A session that starts 60 days after `day` and lasts 90 days. */
export function aSession({ day = SAMPLE_DAY, ...given }: SessionGiven = {}): SessionDocument {
  return {
    id: sessionId(1),
    champs: {
      periode: { debut: toLheoDate(addDays(day, 60)), fin: toLheoDate(addDays(day, 150)) },
      'adresse-inscription': { adresse: ADRESSE_NANTES },
      'etat-recrutement': '1',
    },
    dispositifs: [aDispositif()],
    ...given,
  };
}

type ActionGiven = Partial<ActionDocument> & { readonly day?: ParisDay };

/** An action given on site in Nantes, 420 hours, with one session. */
export function anAction({ day = SAMPLE_DAY, ...given }: ActionGiven = {}): ActionDocument {
  return {
    id: actionId(1),
    champs: {
      'rythme-formation': 'Temps plein, du lundi au vendredi',
      'code-public-vise': [{ '#': '83056', '@': { ref: 'V14' } }],
      'niveau-entree-obligatoire': '0',
      'modalites-alternance': 'Deux stages de deux semaines en entreprise',
      'modalites-enseignement': '0',
      'conditions-specifiques': 'Aucun prérequis',
      'prise-en-charge-frais-possible': '1',
      'lieu-de-formation': [{ coordonnees: COORDONNEES }],
      'modalites-entrees-sorties': '0',
      'langue-formation': ['FR'],
      'prix-total-TTC': '4200.00',
      'nombre-heures-centre': '350',
      'nombre-heures-entreprise': '70',
      'nombre-heures-total': '420',
    },
    sessions: [aSession({ day })],
    ...given,
  };
}

type FormationGiven = Partial<FormationDocument> & { readonly day?: ParisDay };

/** A formation of organisme 1 that no rule finds fault with around `day`, given `someTables()`. */
export function aFormation({ day = SAMPLE_DAY, ...given }: FormationGiven = {}): FormationDocument {
  return {
    kind: 'formation',
    id: ficheId(2),
    organisme: ficheId(1),
    champs: {
      'domaine-formation': {
        'code-FORMACODE': [{ '#': '45066', '@': { ref: 'V14' } }],
        'code-NSF': ['234'],
        'code-ROME': ['H2207'],
      },
      'intitule-formation': 'CAP ébéniste',
      'objectif-formation': 'Fabriquer, réparer et restaurer des meubles en bois.',
      'resultats-attendus': 'Obtenir le CAP ébéniste.',
      'contenu-formation': 'Dessin technique, assemblages, placage, finitions, histoire du mobilier.',
      certifiante: '1',
      'contact-formation': [{ coordonnees: COORDONNEES }],
      'parcours-de-formation': '1',
      'code-niveau-entree': '1',
      'objectif-general-formation': '6',
      certification: [{ 'code-RNCP': '37535' }],
      'code-niveau-sortie': '13',
    },
    actions: [anAction({ day })],
    ...given,
  };
}

/** An organisme of Nantes with one site, that no rule finds fault with, given `someTables()`. */
export function anOrganisme(given: Partial<OrganismeDocument> = {}): OrganismeDocument {
  return {
    kind: 'organisme',
    id: ficheId(1),
    champs: {
      'numero-activite': '52440000001',
      'SIRET-organisme-formation': { SIRET: sampleSiret(1) },
      'nom-organisme': 'Ateliers de la Loire',
      'raison-sociale': 'ATELIERS DE LA LOIRE',
      'coordonnees-organisme': { coordonnees: COORDONNEES },
      'contact-organisme': [{ coordonnees: COORDONNEES }],
      potentiel: { 'code-FORMACODE': [{ '#': '45066', '@': { ref: 'V14' } }] },
    },
    sites: [{ id: siteId(1), nom: 'Atelier de Nantes', coordonnees: COORDONNEES }],
    ...given,
  };
}
