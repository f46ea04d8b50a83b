import type { ElementRow } from './shape.ts';

/** Coordinates, addresses and the small leaves shared by every level. */
export const ELEMENTS_COORDONNEES = {
  coordonnees: {
    label: 'Coordonnées',
    kind: 'sequence',
    children: [
      ['civilite', 0, 1],
      ['nom', 0, 1],
      ['prenom', 0, 1],
      ['ligne', 0, 3],
      ['adresse', 0, 1],
      ['telfixe', 0, 1],
      ['portable', 0, 1],
      ['fax', 0, 1],
      ['courriel', 0, 1],
      ['web', 0, 1],
      ['extras', 0, 'n'],
    ],
  },
  civilite: { label: 'Civilité', kind: 'text', min: 1, max: 50 },
  nom: { label: 'Nom', kind: 'text', min: 1, max: 50 },
  prenom: { label: 'Prénom', kind: 'text', min: 1, max: 50 },
  ligne: { label: 'Ligne', kind: 'text', min: 1, max: 50 },
  adresse: {
    label: 'Adresse',
    kind: 'sequence',
    children: [
      ['denomination', 0, 1, { since: '2.3' }],
      ['ligne', 1, 4],
      ['codepostal', 1, 1],
      ['ville', 1, 1],
      ['departement', 0, 1],
      ['code-INSEE-commune', 0, 1],
      ['code-INSEE-canton', 0, 1],
      ['region', 0, 1],
      ['pays', 0, 1],
      ['geolocalisation', 0, 1],
      ['extras', 0, 'n'],
    ],
  },
  denomination: { label: 'Dénomination', kind: 'text', min: 1, max: 255, since: '2.3' },
  codepostal: { label: 'Code postal', kind: 'text', min: 5, max: 5 },
  ville: { label: 'Ville', kind: 'text', min: 1, max: 50 },
  departement: { label: 'Département', kind: 'text', min: 2, max: 3 },
  'code-INSEE-commune': { label: 'Code commune INSEE', kind: 'text', min: 5, max: 5 },
  'code-INSEE-canton': { label: 'Code canton INSEE', kind: 'text', min: 4, max: 5 },
  region: { label: 'Région', kind: 'text', min: 2, max: 2 },
  pays: { label: 'Pays', kind: 'text', min: 2, max: 2 },
  geolocalisation: {
    label: 'Géolocalisation',
    kind: 'sequence',
    children: [
      ['latitude', 1, 1],
      ['longitude', 1, 1],
      ['extras', 0, 'n'],
    ],
  },
  latitude: { label: 'Latitude', kind: 'text', min: 0, max: 30 },
  longitude: { label: 'Longitude', kind: 'text', min: 0, max: 30 },
  telfixe: {
    label: 'Téléphone fixe',
    kind: 'sequence',
    children: [
      ['numtel', 1, 3],
      ['extras', 0, 'n'],
    ],
  },
  portable: {
    label: 'Téléphone portable',
    kind: 'sequence',
    children: [
      ['numtel', 1, 3],
      ['extras', 0, 'n'],
    ],
  },
  fax: {
    label: 'Fax',
    kind: 'sequence',
    children: [
      ['numtel', 1, 3],
      ['extras', 0, 'n'],
    ],
  },
  numtel: { label: 'Numéro de téléphone', kind: 'text', min: 1, max: 25 },
  courriel: { label: 'Courriel', kind: 'text', min: 3, max: 160 },
  web: {
    label: 'Sites web',
    kind: 'sequence',
    children: [
      ['urlweb', 1, 3],
      ['extras', 0, 'n'],
    ],
  },
  urlweb: { label: 'Adresse web', kind: 'text', min: 3, max: 400 },
  date: { label: 'Date', kind: 'date' },
  commentaire: { label: 'Commentaire', kind: 'text', min: 1, max: 500, since: '2.3' },
} as const satisfies Record<string, ElementRow>;
