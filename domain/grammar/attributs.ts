import type { AttributRow } from './shape.ts';

/** Every attribute, in the order in which the writer puts them. */
export const ATTRIBUTS = {
  href: { label: 'Adresse du document lié', type: 'string', only: ['lien', 'lienSuivi'] },
  file: { label: 'Fichier lié', type: 'string', only: ['lien', 'lienSuivi'] },
  numero: { label: 'Numéro', type: 'string' },
  info: { label: 'Information', type: 'string' },
  ref: { label: 'Référentiel ou version du code', type: 'string' },
  id: { label: 'Identifiant dans le fichier', type: 'id' },
  idref: { label: 'Renvoi à un identifiant', type: 'idref' },
  tag: { label: 'Étiquette', type: 'string' },
  datemaj: { label: 'Date de mise à jour', type: 'string', only: ['suivi', 'lienSuivi'] },
  datecrea: { label: 'Date de création', type: 'string', only: ['suivi', 'lienSuivi'] },
  'horodatage-creation': { label: 'Horodatage de création', type: 'dateTime', since: '2.3' },
  'horodatage-modification': { label: 'Horodatage de modification', type: 'dateTime', since: '2.3' },
  'horodatage-export': { label: "Horodatage d'export", type: 'dateTime', since: '2.3' },
  uri: { label: 'URI', type: 'uri', since: '2.3' },
} as const satisfies Record<string, AttributRow>;

export type AttributName = keyof typeof ATTRIBUTS;
export const ATTRIBUT_NAMES = Object.keys(ATTRIBUTS) as AttributName[];
