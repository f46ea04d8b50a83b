import { isClosed } from '../domain/model/statuts.ts';
import type { SoumissionEffect, SoumissionState } from './ports.ts';

/** The next deadline of a soumission and the step it brings; `look` only looks whether the story is over. */
export interface Wake {
  readonly at: number;
  readonly effect:
    | Extract<SoumissionEffect, { kind: 'leaseOver' | 'remind' | 'abandon' | 'escalate' }>
    | { readonly kind: 'look' };
}

/** True when nothing more will happen to the soumission: its workflow ends. A refusal can be undone for a while. */
export function isOver(state: SoumissionState | null, now: number): boolean {
  if (state === null || state.statut === 'brouillon') return true;
  if (state.statut === 'refusee') return state.decided === null || now >= state.decided.undoUntil;
  return isClosed(state.statut);
}

/** The one timer of the workflow; null while it waits for people, checks or a release only. */
export function nextWake(state: SoumissionState): Wake | null {
  const { escalation = null } = state.wakeAt;
  const own = ownWake(state);
  if (escalation === null || (own !== null && own.at <= escalation)) return own;
  return { at: escalation, effect: { kind: 'escalate' } };
}

function ownWake({ statut, claim, decided, wakeAt }: SoumissionState): Wake | null {
  if (statut === 'enRevue') return { at: claim?.expires ?? 0, effect: { kind: 'leaseOver' } };
  if (statut === 'refusee' && decided !== null) return { at: decided.undoUntil, effect: { kind: 'look' } };
  if (statut !== 'correctionsDemandees') return null;
  const [reminder] = wakeAt.reminders;
  if (reminder !== undefined && reminder <= (wakeAt.abandon ?? reminder)) {
    return { at: reminder, effect: { kind: 'remind' } };
  }
  return wakeAt.abandon === null ? null : { at: wakeAt.abandon, effect: { kind: 'abandon' } };
}
