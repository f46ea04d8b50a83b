import { DEFAULT_PERIODS, type StagePeriods } from './stages.ts';

/** Kinds of sessions that have a period of their own. */
const SESSION_KINDS = ['datee', 'permanente', 'distance'] as const;
export type SessionKind = (typeof SESSION_KINDS)[number];

/** What administrators set of freshness; tried on the present offer before it is switched on. */
export interface FreshnessSettings {
  /** The global stop: nothing is reminded of, marked or taken out while false. */
  readonly actif: boolean;
  readonly etapes: StagePeriods;
  /** Calendar days for which a session of the kind holds without a word. */
  readonly periodes: Readonly<Record<SessionKind, number>>;
  /** A start so near, in calendar days, asks for a confirmation. */
  readonly avantDebut: number;
  /** Calendar days after an act, or after freshness was switched on, in which nothing turns stale. */
  readonly repit: number;
  /** Bounds of the period that an organisme's punctuality earns, as shares of the kind's. */
  readonly appris: { readonly min: number; readonly max: number };
  /** Flows whose own system answers for their sessions. */
  readonly sourcesExclues: readonly string[];
}

export const DEFAULT_FRESHNESS: FreshnessSettings = {
  actif: false,
  etapes: DEFAULT_PERIODS,
  periodes: { datee: 183, permanente: 90, distance: 183 },
  avantDebut: 15,
  repit: 5,
  appris: { min: 0.5, max: 1.5 },
  sourcesExclues: ['intercarif', 'onisep'],
};

/** How an organisme answered: cycles in which it was reminded, and those it answered before the second reminder. */
export interface Punctuality {
  readonly cycles: number;
  readonly ponctuels: number;
}

/** Fewer cycles teach nothing. */
const CYCLES_TO_LEARN = 5;

/** Calendar days for which a session of a kind holds, shorter for who answers late, longer for who is punctual. */
export function learnedPeriod(
  { periodes, appris }: FreshnessSettings,
  kind: SessionKind,
  { cycles, ponctuels }: Punctuality,
): number {
  const share = cycles < CYCLES_TO_LEARN ? 1 : appris.min + (appris.max - appris.min) * (ponctuels / cycles);
  return Math.round(periodes[kind] * share);
}

/** True when each stage begins after the one before it. */
export function areOrdered({ aConfirmer, rappel1, rappel2, marquee, retiree, archivee }: StagePeriods): boolean {
  return aConfirmer < rappel1 && rappel1 < rappel2 && rappel2 < marquee && marquee < retiree && archivee > 0;
}
