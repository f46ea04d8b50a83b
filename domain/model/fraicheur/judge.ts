import type { ParisDay } from '../ids.ts';
import { CAUSES, type FreshnessCause, type SessionFacts, stalenessOf } from './causes.ts';
import type { FreshnessSettings } from './settings.ts';
import { FRESHNESS_STAGES, type FreshnessStage, stageOn, stageRank } from './stages.ts';

/** What a session's cycle has reached so far. */
export interface CycleState {
  readonly stade: FreshnessStage;
  /** The day D kept since the cycle's first stage: a later judgement never brings it forward; null before. */
  readonly jourD: ParisDay | null;
  readonly cause: FreshnessCause | null;
}

/** What the pass of a day makes of a session: the stages it enters, the last of which is where it stands. */
export interface Advance {
  readonly stade: FreshnessStage;
  readonly entered: readonly FreshnessStage[];
  readonly d: ParisDay;
  readonly cause: FreshnessCause;
}

/** A session with its facts, where its cycle stands, and the first day on which freshness was looked at here. */
export interface Judged {
  readonly facts: SessionFacts;
  readonly state: CycleState;
  readonly depart: ParisDay;
}

/**
 * The stages that a session enters on `day`, undefined for none. D is kept from the cycle's first stage on, and what is
 * seen late counts from the day it is seen: neither a change of settings or of a table nor an outage skips the reminders.
 */
export function advanceOn(day: ParisDay, judged: Judged, settings: FreshnessSettings): Advance | undefined {
  const found = stalenessNow(day, judged, settings);
  if (found === undefined) return undefined;
  const { stages } = CAUSES[found.cause];
  const stade = stageOn(day, found.d, { periods: settings.etapes, stages });
  const rank = stageRank(judged.state.stade);
  const entered = FRESHNESS_STAGES.filter(
    (stage) => stages.includes(stage) && stageRank(stage) > rank && stageRank(stage) <= stageRank(stade),
  );
  return entered.length === 0 ? undefined : { stade, entered, ...found };
}

/**
 * Why a session is or will be stale as of `day`, and the day D from which its stages count: the cause that the cycle began
 * with stays, unless the session ended meanwhile; what ended before the start, or before the last act, is history.
 */
export function stalenessNow(day: ParisDay, { facts, state, depart }: Judged, settings: FreshnessSettings) {
  const found = stalenessOf(facts, settings, day);
  if (found?.cause === 'sessionTerminee')
    return state.jourD === null && (found.d < depart || found.d <= facts.depuis) ? undefined : found;
  if (state.jourD !== null && state.cause !== null) return { cause: state.cause, d: state.jourD };
  return found && { ...found, d: found.d < day ? day : found.d };
}
