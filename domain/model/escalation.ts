import type { InstantMs } from './ids.ts';
import { instantOf, parisDayOf } from './paris-time.ts';
import { type Echeances, isRunning } from './promise.ts';
import { CLOCKS, type Clock } from './vocabulary.ts';
import { isWorkingDay, previousWorkingDay } from './working-days.ts';

/** Who is told how long before a clock is due, in working hours (9:00–18:00 of a working day); settable. */
export interface EscalationHours {
  readonly amber: number;
  readonly moderateurs: number;
  readonly administrateurs: number;
}

export const ESCALATION_STAGES = ['amber', 'moderateurs', 'administrateurs', 'due'] as const;
export type EscalationStage = (typeof ESCALATION_STAGES)[number];

export const DEFAULT_ESCALATION: EscalationHours = { amber: 8, moderateurs: 4, administrateurs: 1 };

const HOUR_MS = 3_600_000;
const OPENING_HOUR = 9;
const CLOSING_HOUR = 18;

/** The instant `hours` working hours before another; 0 gives the instant itself. */
export function workingHoursBefore(instant: InstantMs, hours: number): InstantMs {
  let left = hours * HOUR_MS;
  if (left === 0) return instant;
  let day = parisDayOf(instant);
  for (;;) {
    const opening = instantOf(day, OPENING_HOUR);
    const from = Math.min(instant, instantOf(day, CLOSING_HOUR));
    if (isWorkingDay(day) && from > opening) {
      if (from - left >= opening) return (from - left) as InstantMs;
      left -= from - opening;
    }
    day = previousWorkingDay(day);
  }
}

/** The instants at which a clock due at `due` asks for attention. */
export function escalationInstants(
  due: InstantMs,
  hours: EscalationHours = DEFAULT_ESCALATION,
): Record<EscalationStage, InstantMs> {
  return {
    amber: workingHoursBefore(due, hours.amber),
    moderateurs: workingHoursBefore(due, hours.moderateurs),
    administrateurs: workingHoursBefore(due, hours.administrateurs),
    due,
  };
}

/** Clocks of a whole day are due at one hour: people are told up to this long before, each soumission at its own instant. */
export const ESCALATION_SPREAD_MS = 10 * 60_000;

/** How long before its instant an escalation of a soumission is told, in ms; the same for the same UUID. */
export function escalationLead(id: string): number {
  return Number.parseInt(id.slice(-8), 16) % ESCALATION_SPREAD_MS;
}

export interface Escalation {
  readonly clock: Clock;
  readonly cycle: number;
  readonly stage: EscalationStage;
  readonly at: InstantMs;
}

/** Every escalation still to come after `now` of the clocks that run and are not paused, soonest first. */
export function escalationsAfter(echeances: Echeances, now: InstantMs, hours = DEFAULT_ESCALATION): Escalation[] {
  return CLOCKS.filter((clock) => isRunning(echeances[clock]) && echeances[clock].pausedAt === undefined)
    .flatMap((clock) => {
      const { due, cycle } = echeances[clock];
      const instants = escalationInstants(due, hours);
      return ESCALATION_STAGES.map((stage) => ({ clock, cycle, stage, at: instants[stage] }));
    })
    .filter(({ at }) => at > now)
    .sort((a, b) => a.at - b.at);
}

/** Where a clock stands at `now`: the colour of its chip. */
export function clockState(
  horloge: Echeances[Clock],
  now: InstantMs,
  hours = DEFAULT_ESCALATION,
): 'running' | 'amber' | 'late' | 'paused' | 'kept' | 'missed' | 'closed' {
  if (horloge.stoppedAt !== undefined) {
    return horloge.kept === undefined ? 'closed' : horloge.kept ? 'kept' : 'missed';
  }
  if (horloge.pausedAt !== undefined) return 'paused';
  if (now > horloge.due) return 'late';
  return now >= workingHoursBefore(horloge.due, hours.amber) ? 'amber' : 'running';
}
