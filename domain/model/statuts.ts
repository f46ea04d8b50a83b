import type { Role, Statut } from './vocabulary.ts';

/**
 * The acts that move a soumission. The workflow, the API (allowed acts), the screens and the tests read this one table
 * (design §4); every other move is refused with `transition-interdite`.
 */
export const TRANSITIONS = {
  deposer: [{ from: 'brouillon', to: 'deposee' }],
  reviser: [
    { from: 'deposee', to: 'deposee' },
    { from: 'controlee', to: 'deposee' },
    { from: 'enRevue', to: 'deposee' },
    { from: 'correctionsDemandees', to: 'deposee' },
  ],
  controler: [{ from: 'deposee', to: 'controlee' }],
  renvoyer: [{ from: 'deposee', to: 'correctionsDemandees' }],
  claim: [{ from: 'controlee', to: 'enRevue' }],
  giveBack: [{ from: 'enRevue', to: 'controlee' }],
  approveByRule: [{ from: 'controlee', to: 'validee' }],
  approve: [{ from: 'enRevue', to: 'validee' }],
  refuse: [{ from: 'enRevue', to: 'refusee' }],
  requestChanges: [{ from: 'enRevue', to: 'correctionsDemandees' }],
  abandonner: [
    { from: 'brouillon', to: 'abandonnee' },
    { from: 'correctionsDemandees', to: 'abandonnee' },
  ],
  retirer: [
    { from: 'deposee', to: 'retiree' },
    { from: 'controlee', to: 'retiree' },
    { from: 'enRevue', to: 'retiree' },
    { from: 'correctionsDemandees', to: 'retiree' },
    { from: 'validee', to: 'retiree' },
  ],
  undo: [
    { from: 'validee', to: 'enRevue' },
    { from: 'refusee', to: 'enRevue' },
    { from: 'correctionsDemandees', to: 'enRevue' },
  ],
  publier: [{ from: 'validee', to: 'publiee' }],
} as const satisfies Record<string, readonly { readonly from: Statut; readonly to: Statut }[]>;

export type Act = keyof typeof TRANSITIONS;
export const ACTS = Object.keys(TRANSITIONS) as Act[];

const CARIFOREF = ['moderateur', 'administrateur'] as const;
/** Who enters: an OF, or the Cariforef on its behalf. */
const AUTHORS = ['of', ...CARIFOREF] as const;

/** Whose each act is; `systeme`: checks, rules, timers, imports and releases. */
export const ACTORS = {
  deposer: [...AUTHORS, 'systeme'],
  reviser: [...AUTHORS, 'systeme'],
  controler: ['systeme'],
  renvoyer: ['systeme'],
  claim: CARIFOREF,
  giveBack: [...CARIFOREF, 'systeme'],
  approveByRule: ['systeme'],
  approve: CARIFOREF,
  refuse: CARIFOREF,
  requestChanges: CARIFOREF,
  abandonner: [...AUTHORS, 'systeme'],
  retirer: AUTHORS,
  undo: CARIFOREF,
  publier: ['systeme'],
} as const satisfies Record<Act, readonly (Role | 'systeme')[]>;

/** True when the act is for people of this role at all; whose soumission it is, is judged apart. */
export function isActOf(act: Act, role: Role): boolean {
  return (ACTORS[act] as readonly string[]).includes(role);
}

/** Statuses in which a fiche's soumission is open: at most one per fiche (design §4). */
export const OPEN_STATUTS = [
  'deposee',
  'controlee',
  'enRevue',
  'correctionsDemandees',
] as const satisfies readonly Statut[];

/** Statuses that end a soumission's life. */
export const CLOSED_STATUTS = ['publiee', 'refusee', 'retiree', 'abandonnee'] as const satisfies readonly Statut[];

/** The status an act leads to from `from`, or undefined where the table forbids it. */
export function nextStatut(from: Statut, act: Act): Statut | undefined {
  return TRANSITIONS[act].find((move) => move.from === from)?.to;
}

/** Every act the table permits from `from`, in the table's order. */
export function actsFrom(from: Statut): Act[] {
  return ACTS.filter((act) => nextStatut(from, act) !== undefined);
}

/** True while the soumission waits for somebody: its workflow runs and its fiche takes no second soumission. */
export function isOpen(statut: Statut): boolean {
  return (OPEN_STATUTS as readonly Statut[]).includes(statut);
}

/** True when nothing more will happen to the soumission, undo apart. */
export function isClosed(statut: Statut): boolean {
  return (CLOSED_STATUTS as readonly Statut[]).includes(statut);
}
