import type { LheoElement } from '../../grammar/types.ts';
import type { FicheDocument, Saisie } from '../documents.ts';
import type { RegionSettings } from '../region.ts';
import { type Table, verdictOf } from '../tables.ts';
import { elementsNamed, textOf } from './fields.ts';
import { BUT_FLOWS, type Finding, REMARK, type Rule } from './rule.ts';
import { LIEU, SITE } from './samples.ts';

type Adresse = Saisie<LheoElement<'adresse'>>;

const SITE_ADRESSE = `${SITE}/coordonnees/adresse`;
/** A commune of France is seldom wider than this. */
const FAR_KM = 30;
const KM_PER_DEGREE = 111.2;

/** Addresses where people are trained: places of actions that are not all remote, sites. */
function* placesOf(fiche: FicheDocument): Generator<{ path: string; adresse: Adresse }> {
  const remote =
    fiche.kind === 'formation'
      ? fiche.actions.filter(({ champs }) => textOf(champs['modalites-enseignement']) === '2')
      : [];
  for (const { path, content } of elementsNamed(fiche, 'adresse')) {
    const place = path.includes('/lieu-de-formation/') || path.startsWith('/sites/');
    if (place && !remote.some(({ id }) => path.startsWith(`/actions/${id}/`))) yield { path, adresse: content };
  }
}

function isFrench(adresse: Adresse): boolean {
  return ['', 'FR'].includes(textOf(adresse?.pays).toUpperCase());
}

/** The department of an INSEE or postal code: two characters, three overseas. */
function departementOf(code: string): string {
  return /^9[78]/.test(code) ? code.slice(0, 3) : code.slice(0, 2);
}

function isOutside(adresse: Adresse, { departements }: RegionSettings): boolean {
  const code = textOf(adresse?.['code-INSEE-commune']) || textOf(adresse?.codepostal);
  return !isFrench(adresse) || (code.length === 5 && !departements.includes(departementOf(code)));
}

function coordinate(text: string): number {
  return /^-?\d{1,3}([.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN;
}

/** Kilometres between two points, flat-earth over a short way. */
function distanceKm(a: { latitude: number; longitude: number }, b: { latitude: number; longitude: number }): number {
  const north = (a.latitude - b.latitude) * KM_PER_DEGREE;
  const east = (a.longitude - b.longitude) * KM_PER_DEGREE * Math.cos((a.latitude * Math.PI) / 180);
  return Math.hypot(north, east);
}

function findingOf(table: Table<unknown>, key: string, path: string, values: Finding['values'] = {}): Finding[] {
  const verdict = verdictOf(table, key);
  if (verdict === 'known') return [];
  return [verdict === 'unknown' ? { path, values } : { path, values, nonVerifie: true }];
}

export const LIEUX_RULES: readonly Rule[] = [
  {
    id: 'commune-existe',
    on: ['formation', 'organisme'],
    sentence: { fr: 'Le code INSEE est celui d’une commune.', en: 'The INSEE code is that of a commune.' },
    severity: BUT_FLOWS,
    needs: ['communes'],
    *check(fiche, { tables: { communes } }) {
      for (const { path, content } of elementsNamed(fiche, 'code-INSEE-commune')) {
        const code = textOf(content).toUpperCase();
        if (code !== '') yield* findingOf(communes, code, path, { code });
      }
    },
    message: ({ code }) => ({
      fr: `Aucune commune n’a le code INSEE ${code}.`,
      en: `No commune has the INSEE code ${code}.`,
    }),
    mend: { fr: 'Choisissez la commune dans la liste.', en: 'Choose the commune in the list.' },
    mendBy: 'of',
    examples: {
      pass: [{}, { [`${SITE_ADRESSE}/code-INSEE-commune`]: undefined }],
      fail: [
        { edits: { [`${SITE_ADRESSE}/code-INSEE-commune`]: '44999' }, at: [`${SITE_ADRESSE}/code-INSEE-commune`] },
      ],
      unsure: [
        {
          edits: {},
          at: [
            '/champs/coordonnees-organisme/coordonnees/adresse/code-INSEE-commune',
            '/champs/contact-organisme/0/coordonnees/adresse/code-INSEE-commune',
            `${SITE_ADRESSE}/code-INSEE-commune`,
          ],
        },
      ],
    },
  },
  {
    id: 'code-postal-commune',
    on: ['formation', 'organisme'],
    sentence: { fr: 'Le code postal est un de ceux de la commune.', en: 'The postal code is one of the commune’s.' },
    severity: REMARK,
    needs: ['communes'],
    *check(fiche, { tables: { communes } }) {
      for (const { path, content } of elementsNamed(fiche, 'adresse')) {
        const codePostal = textOf(content?.codepostal);
        const commune = communes.get(textOf(content?.['code-INSEE-commune']).toUpperCase());
        if (commune === undefined || !/^\d{5}$/.test(codePostal)) continue;
        const cedex =
          /\bcedex\b/i.test(textOf(content?.ville)) &&
          departementOf(codePostal) === departementOf(commune.codesPostaux[0] ?? '');
        if (cedex || commune.codesPostaux.includes(codePostal)) continue;
        yield { path: `${path}/codepostal`, values: { codePostal, commune: commune.label } };
      }
    },
    message: ({ codePostal, commune }) => ({
      fr: `${codePostal} n’est pas un code postal de ${commune}.`,
      en: `${codePostal} is not a postal code of ${commune}.`,
    }),
    mend: { fr: 'Corrigez le code postal ou la commune.', en: 'Mend the postal code or the commune.' },
    mendBy: 'of',
    examples: {
      pass: [{}, { [`${SITE_ADRESSE}/codepostal`]: '44036', [`${SITE_ADRESSE}/ville`]: 'Nantes Cedex 1' }],
      fail: [{ edits: { [`${SITE_ADRESSE}/codepostal`]: '49000' }, at: [`${SITE_ADRESSE}/codepostal`] }],
    },
  },
  {
    id: 'lieu-dans-region',
    on: ['formation', 'organisme'],
    sentence: {
      fr: 'Une formation sur place est donnée dans la région.',
      en: 'On-site training is given in the region.',
    },
    severity: BUT_FLOWS,
    needs: [],
    *check(fiche, { region }) {
      for (const { path, adresse } of placesOf(fiche)) {
        if (isOutside(adresse, region)) yield { path, values: { ville: textOf(adresse?.ville), region: region.nom } };
      }
    },
    message: ({ ville, region }) => ({ fr: `${ville} n’est pas en ${region}.`, en: `${ville} is not in ${region}.` }),
    mend: {
      fr: 'Corrigez l’adresse, ou dites que l’action est à distance.',
      en: 'Mend the address, or say that the action is remote.',
    },
    mendBy: 'of',
    examples: {
      pass: [{}],
      fail: [
        {
          edits: { [`${SITE_ADRESSE}/code-INSEE-commune`]: '37261', [`${SITE_ADRESSE}/ville`]: 'Tours' },
          at: [SITE_ADRESSE],
        },
        { edits: { [`${SITE_ADRESSE}/pays`]: 'BE' }, at: [SITE_ADRESSE] },
      ],
    },
  },
  {
    id: 'geolocalisation-juste',
    on: ['formation'],
    sentence: {
      fr: 'Les coordonnées d’un lieu sont dans sa commune, ou au moins dans la région.',
      en: 'The coordinates of a place are in its commune, or at least in the region.',
    },
    severity: REMARK,
    needs: ['communes'],
    *check(fiche, { tables: { communes }, region }) {
      for (const { path, adresse } of placesOf(fiche)) {
        const { latitude: lat, longitude: lon } = adresse?.geolocalisation ?? {};
        if (textOf(lat) === '' && textOf(lon) === '') continue;
        const point = { latitude: coordinate(textOf(lat)), longitude: coordinate(textOf(lon)) };
        const at = `${path}/geolocalisation`;
        const [south, west, north, east] = region.emprise;
        const { latitude, longitude } = point;
        const inBox = latitude >= south && latitude <= north && longitude >= west && longitude <= east;
        const code = textOf(adresse?.['code-INSEE-commune']).toUpperCase();
        const commune = code === '' ? undefined : communes.get(code);
        if (commune?.centre !== undefined) {
          const km = Math.round(distanceKm(point, commune.centre));
          if (!(km <= FAR_KM)) yield { path: at, values: { lieu: commune.label } };
        } else if (!inBox && !isOutside(adresse, region)) yield { path: at, values: { lieu: region.nom } };
        else if (code !== '') yield { path: at, values: { lieu: textOf(adresse?.ville) }, nonVerifie: true };
      }
    },
    message: ({ lieu }) => ({
      fr: `Ces coordonnées ne sont pas à ${lieu}.`,
      en: `These coordinates are not in ${lieu}.`,
    }),
    mend: {
      fr: 'Placez le lieu sur la carte, ou effacez les coordonnées.',
      en: 'Put the place on the map, or clear the coordinates.',
    },
    mendBy: 'of',
    examples: {
      pass: [{}, { [`${LIEU}/geolocalisation`]: undefined }, { [`${LIEU}/geolocalisation/latitude`]: '47,2' }],
      fail: [
        { edits: { [`${LIEU}/geolocalisation/longitude`]: '1.56' }, at: [`${LIEU}/geolocalisation`] },
        { edits: { [`${LIEU}/geolocalisation/latitude`]: '47° N' }, at: [`${LIEU}/geolocalisation`] },
        {
          edits: { [`${LIEU}/code-INSEE-commune`]: undefined, [`${LIEU}/geolocalisation/latitude`]: '0' },
          at: [`${LIEU}/geolocalisation`],
        },
      ],
      unsure: [{ edits: { [`${LIEU}/code-INSEE-commune`]: '49999' }, at: [`${LIEU}/geolocalisation`] }],
    },
  },
];
