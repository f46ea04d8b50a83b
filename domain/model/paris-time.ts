import { dayNumber, formatDay, isoWeekday, ymdOf, ymdOfNumber } from './calendar.ts';
import type { InstantMs, ParisDay } from './ids.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** 01:00 UTC of the month's last Sunday: the instant the European Union changes its clocks (directive 2000/84/CE). */
function changeOfClocks(year: number, month: 3 | 10): number {
  const last = formatDay({ year, month, day: 31 });
  return (dayNumber(ymdOf(last)) - (isoWeekday(last) % 7)) * DAY_MS + HOUR_MS;
}

/** Minutes that Paris is ahead of UTC at an instant: 120 in summer time, else 60; right from 1996 on. */
export function parisOffsetMinutes(instant: number): 60 | 120 {
  const { year } = ymdOfNumber(Math.floor(instant / DAY_MS));
  return instant >= changeOfClocks(year, 3) && instant < changeOfClocks(year, 10) ? 120 : 60;
}

/** The calendar day in Paris at an instant. */
export function parisDayOf(instant: number): ParisDay {
  return formatDay(ymdOfNumber(Math.floor((instant + parisOffsetMinutes(instant) * MINUTE_MS) / DAY_MS)));
}

/** Hour and minute on a Paris clock at an instant. */
export function parisTimeOf(instant: number): { readonly hour: number; readonly minute: number } {
  const local = instant + parisOffsetMinutes(instant) * MINUTE_MS;
  const minutes = Math.floor((local - Math.floor(local / DAY_MS) * DAY_MS) / MINUTE_MS);
  return { hour: Math.floor(minutes / 60), minute: minutes % 60 };
}

/**
 * The instant of a time on a Paris clock. A time that a spring change skips is read an hour later; one that an autumn
 * change repeats is the first of the two.
 */
export function instantOf(day: ParisDay, hour: number, minute = 0): InstantMs {
  const local = dayNumber(ymdOf(day)) * DAY_MS + hour * HOUR_MS + minute * MINUTE_MS;
  const asSummer = local - 2 * HOUR_MS;
  return (parisOffsetMinutes(asSummer) === 120 ? asSummer : local - HOUR_MS) as InstantMs;
}
