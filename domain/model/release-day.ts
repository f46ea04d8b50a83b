import { addDays } from './calendar.ts';
import type { InstantMs } from './ids.ts';
import { instantOf, parisDayOf, parisTimeOf } from './paris-time.ts';

/**
 * The instant for which a daily run that was meant for `at` stands at `now`: `at` itself, or, when it waited so long that
 * its hour came again in Paris, the last time that it came. So an outage of days is caught up once, for its last day.
 */
export function lastFiring(at: number, now: number): InstantMs {
  const { hour, minute } = parisTimeOf(at);
  const today = parisDayOf(now);
  const due = instantOf(today, hour, minute);
  const last = due <= now ? due : instantOf(addDays(today, -1), hour, minute);
  return Math.max(at, last) as InstantMs;
}
