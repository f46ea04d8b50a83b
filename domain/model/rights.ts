import type { Role } from './vocabulary.ts';

/** What may be done to a noun; `read` also covers its list. */
export const RIGHT_ACTS = [
  'read',
  'create',
  'update',
  'delete',
  'depose',
  'claim',
  'decide',
  'undo',
  'withdraw',
  'talk',
  'object',
] as const;
export type RightAct = (typeof RIGHT_ACTS)[number];

export const RIGHT_SUBJECTS = [
  'me',
  'token',
  'offre',
  'brouillon',
  'soumission',
  'import',
  'release',
  'regle',
  'referentiel',
  'people',
  'journal',
  'flux',
  'note',
  'avis',
  'lot',
  'voie',
  'reglage',
  'fraicheur',
  'courriel',
] as const;
export type RightSubject = (typeof RIGHT_SUBJECTS)[number];

export interface Right {
  readonly act: RightAct | readonly RightAct[];
  readonly subject: RightSubject | readonly RightSubject[];
}

const ANY_LOGIN: readonly Right[] = [
  { act: 'read', subject: ['me', 'regle', 'referentiel', 'offre'] },
  { act: ['read', 'create', 'delete'], subject: 'token' },
];

const MODERATEUR: readonly Right[] = [
  ...ANY_LOGIN,
  { act: ['read', 'create', 'update', 'delete', 'depose'], subject: 'brouillon' },
  { act: ['read', 'claim', 'decide', 'undo', 'withdraw', 'talk'], subject: 'soumission' },
  { act: ['read', 'create'], subject: ['note', 'lot'] },
  { act: ['read', 'update'], subject: ['avis', 'voie', 'courriel'] },
  { act: ['read', 'update'], subject: 'fraicheur' },
  { act: 'read', subject: 'reglage' },
  { act: ['read', 'create'], subject: 'import' },
  { act: 'read', subject: ['journal', 'release', 'people', 'flux'] },
];

/** The rights of interface.md §3 as data: the API, the screens and the tests read this one table. */
export const RIGHTS: Readonly<Record<Role, readonly Right[]>> = {
  of: [
    ...ANY_LOGIN,
    { act: ['read', 'create', 'update', 'delete', 'depose'], subject: 'brouillon' },
    { act: ['read', 'withdraw', 'talk', 'object'], subject: 'soumission' },
    { act: ['read', 'update'], subject: ['avis', 'fraicheur'] },
    { act: ['read', 'create'], subject: 'import' },
  ],
  moderateur: MODERATEUR,
  administrateur: [
    ...MODERATEUR,
    { act: 'create', subject: 'courriel' },
    { act: ['create', 'update', 'delete'], subject: ['people', 'referentiel', 'regle', 'release', 'reglage'] },
  ],
  consommateur: [...ANY_LOGIN, { act: 'read', subject: 'flux' }],
};

const listOf = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value as T]);

/** True when the role may do the act on some object of the noun; which objects, the wall says. */
export function roleMay(role: Role, act: RightAct, subject: RightSubject): boolean {
  return RIGHTS[role].some((right) => listOf(right.act).includes(act) && listOf(right.subject).includes(subject));
}
