import type { ElementName } from '../../../../domain/grammar/elements.ts';

/** How a field is entered; `codes` searches a reference table and keeps a list. */
export type Control = 'text' | 'long' | 'key' | 'date' | 'int' | 'codes' | 'certifications' | 'publicMark';

/** One field of a level, as data: where it is in the level, what it is in LHÉO, how it is entered. */
export interface FieldSpec {
  /** Below the level's address. */
  readonly at: string;
  readonly element: ElementName;
  readonly control: Control;
  /** Key of its words when LHÉO's own label does not say it well. */
  readonly label?: string;
  /** Key of an example. */
  readonly example?: string;
  readonly mandatory?: true;
  /** Of `codes`: the table, the version of codes written with them, how many at most. */
  readonly table?: string;
  readonly version?: string;
  readonly max?: number;
}

const text = (at: string, element: ElementName, rest: Partial<FieldSpec> = {}): FieldSpec => ({
  at,
  element,
  control: 'text',
  ...rest,
});
const key = (at: string, element: ElementName, rest: Partial<FieldSpec> = {}): FieldSpec => ({
  at,
  element,
  control: 'key',
  ...rest,
});
const publicMark = (element: 'contact-formation' | 'contact-organisme'): FieldSpec => ({
  at: `champs/${element}/0/@/tag`,
  element,
  control: 'publicMark',
  label: 'of.field.contactPublic',
});
const must = { mandatory: true } as const;

export const FORMATION_FIELDS: readonly FieldSpec[] = [
  text('champs/intitule-formation', 'intitule-formation', { ...must, example: 'intitule' }),
  text('champs/objectif-formation', 'objectif-formation', { ...must, control: 'long', example: 'objectif' }),
  text('champs/contenu-formation', 'contenu-formation', { ...must, control: 'long', example: 'contenu' }),
  text('champs/resultats-attendus', 'resultats-attendus', { ...must, control: 'long', example: 'resultats' }),
  key('champs/certifiante', 'certifiante', must),
  { at: 'champs/certification', element: 'certification', control: 'certifications', table: 'certifications', max: 5 },
  {
    at: 'champs/domaine-formation/code-FORMACODE',
    element: 'code-FORMACODE',
    control: 'codes',
    label: 'of.field.domaine',
    table: 'formacode',
    version: 'V14',
    max: 5,
    ...must,
  },
  key('champs/parcours-de-formation', 'parcours-de-formation', must),
  key('champs/code-niveau-entree', 'code-niveau-entree', must),
  text('champs/contact-formation/0/coordonnees/nom', 'nom', { ...must, label: 'of.field.contactName' }),
  text('champs/contact-formation/0/coordonnees/telfixe/numtel/0', 'numtel', {
    label: 'of.field.phone',
    example: 'telephone',
  }),
  text('champs/contact-formation/0/coordonnees/courriel', 'courriel', { example: 'courriel' }),
  publicMark('contact-formation'),
];

export const FORMATION_MORE: readonly FieldSpec[] = [
  {
    at: 'champs/domaine-formation/code-ROME',
    element: 'code-ROME',
    control: 'codes',
    label: 'of.field.rome',
    table: 'rome',
    max: 5,
  },
  {
    at: 'champs/domaine-formation/code-NSF',
    element: 'code-NSF',
    control: 'codes',
    label: 'of.field.nsf',
    table: 'nsf',
    max: 3,
  },
  key('champs/objectif-general-formation', 'objectif-general-formation'),
  key('champs/code-niveau-sortie', 'code-niveau-sortie'),
  text('referenceOf', 'identifiant-module', { label: 'of.field.referenceOf', example: 'reference' }),
  text('champs/url-formation/urlweb/0', 'url-formation', { example: 'url' }),
];

export const ACTION_FIELDS: readonly FieldSpec[] = [
  key('champs/modalites-enseignement', 'modalites-enseignement', must),
  {
    at: 'champs/code-public-vise',
    element: 'code-public-vise',
    control: 'codes',
    label: 'of.field.publics',
    table: 'publics',
    version: 'V14',
    max: 10,
    example: 'publics',
    ...must,
  },
  text('champs/rythme-formation', 'rythme-formation', { ...must, example: 'rythme' }),
  text('champs/conditions-specifiques', 'conditions-specifiques', { ...must, control: 'long', example: 'conditions' }),
  key('champs/niveau-entree-obligatoire', 'niveau-entree-obligatoire', must),
  text('champs/modalites-alternance', 'modalites-alternance', { ...must, example: 'alternance' }),
  key('champs/prise-en-charge-frais-possible', 'prise-en-charge-frais-possible', must),
  key('champs/modalites-entrees-sorties', 'modalites-entrees-sorties', must),
];

export const ACTION_MORE: readonly FieldSpec[] = [
  text('champs/nombre-heures-centre', 'nombre-heures-centre', { control: 'int' }),
  text('champs/nombre-heures-entreprise', 'nombre-heures-entreprise', { control: 'int' }),
  text('champs/nombre-heures-total', 'nombre-heures-total', { control: 'int' }),
  text('champs/prix-total-TTC', 'prix-total-TTC', { example: 'prix' }),
  text('champs/duree-indicative', 'duree-indicative', { example: 'duree' }),
  text('champs/acces-handicapes', 'acces-handicapes', { example: 'acces' }),
  text('champs/restauration', 'restauration'),
  text('champs/hebergement', 'hebergement'),
  text('champs/transport', 'transport'),
];

export const SESSION_FIELDS: readonly FieldSpec[] = [
  text('champs/periode/debut', 'debut', { ...must, control: 'date' }),
  text('champs/periode/fin', 'fin', { ...must, control: 'date' }),
  key('champs/etat-recrutement', 'etat-recrutement'),
  text('champs/modalites-inscription', 'modalites-inscription', { example: 'inscription' }),
];

export const ORGANISME_FIELDS: readonly FieldSpec[] = [
  text('champs/raison-sociale', 'raison-sociale', { ...must, example: 'raison' }),
  text('champs/nom-organisme', 'nom-organisme', { ...must, example: 'nom' }),
  text('champs/SIRET-organisme-formation/SIRET', 'SIRET', { ...must, example: 'siret' }),
  text('champs/numero-activite', 'numero-activite', { ...must, example: 'nda' }),
];

export const ORGANISME_CONTACT: readonly FieldSpec[] = [
  text('champs/contact-organisme/0/coordonnees/nom', 'nom', { ...must, label: 'of.field.contactName' }),
  text('champs/contact-organisme/0/coordonnees/telfixe/numtel/0', 'numtel', {
    label: 'of.field.phone',
    example: 'telephone',
  }),
  text('champs/contact-organisme/0/coordonnees/courriel', 'courriel', { example: 'courriel' }),
  publicMark('contact-organisme'),
  text('champs/renseignements-specifiques', 'renseignements-specifiques', { control: 'long' }),
];

export const POTENTIEL_FIELDS: readonly FieldSpec[] = [
  {
    at: 'champs/potentiel/code-FORMACODE',
    element: 'code-FORMACODE',
    control: 'codes',
    label: 'of.field.domaine',
    table: 'formacode',
    version: 'V14',
    max: 25,
    ...must,
  },
];
