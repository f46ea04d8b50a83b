import type { FicheKind, SoumissionKind } from './vocabulary.ts';

/** When an approval asks for a second voice, as data; null switches a line off. */
export interface TwoVoices {
  /** Withdrawal of a formation with at least so many sessions. */
  readonly retraitSessions: number | null;
  /** Withdrawal of an organisme. */
  readonly retraitOrganisme: boolean;
  /** Creation or change that was entered on behalf of an OF: who entered never counts as one of the two. */
  readonly saisiePourOf: boolean;
}

/** Settable by administrators; an entry on behalf of an OF always needs another person than who entered it. */
export const DEFAULT_TWO_VOICES: TwoVoices = { retraitSessions: 20, retraitOrganisme: true, saisiePourOf: false };

export interface Approvable {
  readonly ficheKind: FicheKind;
  readonly kind: SoumissionKind;
  readonly pourOf: boolean;
  /** Sessions of the content. */
  readonly sessions: number;
  /** Some rule that asks for two people found its content at fault. */
  readonly fautive: boolean;
}

/** True when two people have to approve. */
export function asksTwoVoices({ ficheKind, kind, pourOf, sessions, fautive }: Approvable, rule: TwoVoices): boolean {
  if (fautive) return true;
  if (pourOf && rule.saisiePourOf) return true;
  if (kind !== 'withdrawal') return false;
  if (ficheKind === 'organisme') return rule.retraitOrganisme;
  return rule.retraitSessions !== null && sessions >= rule.retraitSessions;
}
