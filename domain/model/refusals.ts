import type { ErrorCode, ErrorDetails } from './errors.ts';
import type { Actor } from './requests.ts';
import { type Act, isActOf, nextStatut } from './statuts.ts';
import type { DecisionKind, Statut } from './vocabulary.ts';

/** Where a soumission stands, as far as acts of people depend on it; instants in ms since the epoch. */
export interface Standing {
  readonly statut: Statut;
  readonly version: number;
  readonly claim: { readonly by: string; readonly token: number; readonly expires: number } | null;
  readonly decided: { readonly by: string | null; readonly undoUntil: number } | null;
  /** Who entered it on behalf of an OF: a colleague then decides. */
  readonly saisiPar: string | null;
  /** Who approved this version first, where two voices are asked for. */
  readonly premiereVoix?: string | null;
}

/** What a person wants to do with a soumission. */
export type Wish =
  | { readonly kind: 'claim'; readonly by: Actor; readonly takeOver: boolean }
  | { readonly kind: 'giveBack'; readonly by: Actor }
  | {
      readonly kind: 'decide';
      readonly by: Actor;
      readonly decision: { readonly kind?: DecisionKind; readonly version: number };
      readonly token?: number;
    }
  | { readonly kind: 'undo'; readonly by: Actor }
  | { readonly kind: 'withdraw'; readonly by: Actor }
  | { readonly kind: 'revise'; readonly by: Actor }
  | { readonly kind: 'mend'; readonly by: Actor; readonly version: number };

export interface Refusal {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
}

const DECIDED: readonly Statut[] = ['validee', 'publiee', 'refusee', 'correctionsDemandees'];

function forbidden(statut: Statut, act: Act): Refusal | null {
  return nextStatut(statut, act) === undefined ? { code: 'transition-interdite', details: { statut } } : null;
}

function unlessDecided(statut: Statut): Refusal {
  return { code: DECIDED.includes(statut) ? 'deja-decidee' : 'transition-interdite', details: { statut } };
}

/** The claim that still holds at an instant, or null. */
export function liveClaim<C extends { readonly expires: number }>(claim: C | null, at: number): C | null {
  return claim !== null && claim.expires > at ? claim : null;
}

function heldByOther({ claim }: Standing, by: Actor, at: number): Refusal | null {
  const live = liveClaim(claim, at);
  if (live === null || live.by === by.userId) return null;
  return { code: 'prise-par-un-collegue', details: { par: live.by, expires: live.expires } };
}

function notTheirs(act: Act, { role }: Actor): Refusal | null {
  return isActOf(act, role) ? null : { code: 'interdit', details: { role } };
}

const REFUSALS: {
  readonly [K in Wish['kind']]: (standing: Standing, wish: Extract<Wish, { kind: K }>, at: number) => Refusal | null;
} = {
  claim: (standing, { by, takeOver }, at) => {
    const { statut } = standing;
    if (statut === 'enRevue') return notTheirs('claim', by) ?? (takeOver ? null : heldByOther(standing, by, at));
    return notTheirs('claim', by) ?? (nextStatut(statut, 'claim') === undefined ? unlessDecided(statut) : null);
  },
  giveBack: (standing, { by }, at) =>
    forbidden(standing.statut, 'giveBack') ?? notTheirs('giveBack', by) ?? heldByOther(standing, by, at),
  decide: (standing, { by, decision, token }, at) => {
    const { statut, version, claim, saisiPar, premiereVoix } = standing;
    if (decision.version !== version) return { code: 'version-perimee', details: { version } };
    if (statut !== 'enRevue' && nextStatut(statut, 'claim') === undefined) return unlessDecided(statut);
    if (saisiPar === by.userId) return { code: 'propre-saisie', details: {} };
    if (premiereVoix === by.userId && decision.kind === 'approve') return { code: 'seconde-voix', details: {} };
    const lost = token !== undefined && liveClaim(claim, at)?.token !== token;
    return (
      notTheirs(decision.kind ?? 'approve', by) ??
      heldByOther(standing, by, at) ??
      (lost ? { code: 'reservation-perdue', details: { token } } : null)
    );
  },
  undo: ({ statut, decided }, { by }, at) => {
    const refusal = forbidden(statut, 'undo') ?? notTheirs('undo', by);
    if (refusal !== null) return refusal;
    if (decided === null) return { code: 'transition-interdite', details: { statut } };
    if (decided.by !== by.userId && by.role !== 'administrateur') return { code: 'interdit', details: {} };
    return at > decided.undoUntil ? { code: 'annulation-depassee', details: { until: decided.undoUntil } } : null;
  },
  // What an OF deposited is the OF's to withdraw; the Cariforef withdraws what it entered on behalf.
  withdraw: ({ statut, saisiPar }, { by }) =>
    forbidden(statut, 'retirer') ??
    notTheirs('retirer', by) ??
    (by.role === 'of' || saisiPar === by.userId ? null : { code: 'interdit', details: { role: by.role } }),
  revise: ({ statut }, { by }) => forbidden(statut, 'reviser') ?? notTheirs('reviser', by),
  mend: (standing, { by, version }, at) => {
    const { statut } = standing;
    if (version !== standing.version) return { code: 'version-perimee', details: { version: standing.version } };
    if (statut === 'correctionsDemandees') return { code: 'transition-interdite', details: { statut } };
    if (nextStatut(statut, 'reviser') === undefined) return unlessDecided(statut);
    // A mend is the Cariforef's own revision: whoever may approve may mend.
    return notTheirs('approve', by) ?? heldByOther(standing, by, at);
  },
};

/**
 * Why a soumission refuses what a person wants, or null: the version is judged first (412), then the table, then who
 * holds it. The workflow's validators and the transaction of each command ask the same.
 */
export function refusalOf(standing: Standing, wish: Wish, at: number): Refusal | null {
  const judge = REFUSALS[wish.kind] as (standing: Standing, wish: Wish, at: number) => Refusal | null;
  return judge(standing, wish, at);
}
