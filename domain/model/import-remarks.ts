import type { Bilingual } from './words.ts';

/** What a report says of a line beside the error catalogue and the rules. */
export const IMPORT_REMARKS = {
  'organisme-absent': { fr: 'La formation ne nomme aucun organisme.', en: 'The formation names no organisme.' },
  'organisme-different': {
    fr: 'Cet organisme est décrit autrement plus haut dans le fichier : la première description compte.',
    en: 'This organisme is described otherwise above in the file: the first description counts.',
  },
  'organisme-change': {
    fr: 'La formation appartenait à un autre organisme : elle lui reste, la copie reçue est gardée.',
    en: 'The formation belonged to another organisme: it stays there, the received copy is kept.',
  },
  'formation-reunie': {
    fr: 'Réunie avec une autre formation : ce qui change ici va à celle qui reste. Numéro gardé :',
    en: 'Merged with another formation: what changes here goes to the one that stays. Numero kept:',
  },
  'organisme-bloque': {
    fr: 'L’organisme a une faute bloquante et n’est pas pris.',
    en: 'The organisme has a blocking fault and is not taken.',
  },
  'deja-refusee': {
    fr: 'Déjà refusée sous cette forme : elle n’est pas soumise de nouveau.',
    en: 'Already refused in this form: it is not submitted again.',
  },
  'rapprochement-douteux': {
    fr: 'Plusieurs lignes d’avant y ressemblent : elle devient nouvelle.',
    en: 'Several earlier rows look like it: it becomes new.',
  },
  'numero-remplace': {
    fr: 'Ce numéro ne peut être gardé : un autre sera donné.',
    en: 'This numero cannot be kept: another will be given.',
  },
  'element-inconnu': { fr: 'Élément inconnu à cet endroit : laissé.', en: 'Element unknown here: left out.' },
  'element-en-trop': { fr: 'Élément en trop : laissé.', en: 'One element too many: left out.' },
  'element-mal-place': { fr: 'Élément mal placé : remis à sa place.', en: 'Element out of order: put back in place.' },
  'attribut-inconnu': { fr: 'Attribut inconnu : laissé.', en: 'Unknown attribute: left out.' },
  'texte-inattendu': { fr: 'Texte hors des éléments : laissé.', en: 'Text outside the elements: left out.' },
  'absente-du-fichier': {
    fr: 'Absente du fichier complet : son retrait est déposé.',
    en: 'Absent from the complete file: its withdrawal is deposited.',
  },
  'absente-encore': {
    fr: 'Absente comme la fois d’avant : rien de nouveau n’est déposé.',
    en: 'Absent as the time before: nothing new is deposited.',
  },
  'retraits-suspendus': {
    fr: 'Trop de sessions manquent au fichier : aucun retrait n’est déposé. Sessions absentes :',
    en: 'Too many sessions are missing from the file: no withdrawal is deposited. Sessions absent:',
  },
  'personne-effacee': {
    fr: 'Nomme une personne qui a demandé à être retirée : prise sans elle.',
    en: 'Names a person who asked to be removed: taken without them.',
  },
  'deux-personnes': {
    fr: 'Une règle demande deux personnes : elle attend dans la file.',
    en: 'A rule asks for two people: it waits in the queue.',
  },
  'formation-reunie-ailleurs': {
    fr: 'Réunie avec une formation que cette source envoie aussi : ce qu’elle dit de celle-ci est laissé.',
    en: 'Merged with a formation that this source sends too: what it says of that one is left out.',
  },
  'remarques-en-plus': { fr: 'Remarques non montrées :', en: 'Remarks not shown:' },
} as const satisfies Readonly<Record<string, Bilingual>>;

export type ImportRemark = keyof typeof IMPORT_REMARKS;

export function isImportRemark(code: string): code is ImportRemark {
  return Object.hasOwn(IMPORT_REMARKS, code);
}
