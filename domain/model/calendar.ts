import type { ParisDay } from './ids.ts';

/** A day as integers; month 1–12, day 1–31. Every computation here is integer arithmetic: no clock, no time zone table. */
export interface Ymd {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const DAY_FORM = /^(\d{4})-(\d{2})-(\d{2})$/;

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Length of a month in days; 0 for a month outside 1–12. */
export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : (MONTH_LENGTHS[month - 1] ?? 0);
}

/** True when the three numbers name a day that exists. */
export function isRealDay({ year, month, day }: Ymd): boolean {
  return Number.isInteger(year + month + day) && year >= 1 && day >= 1 && day <= daysInMonth(year, month);
}

/** Days since 1970-01-01 of the proleptic Gregorian calendar; negative before. */
export function dayNumber({ year, month, day }: Ymd): number {
  const shifted = month > 2 ? year : year - 1;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return era * 146097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719468;
}

/** The day of a day number; inverse of `dayNumber`. */
export function ymdOfNumber(number: number): Ymd {
  const shifted = number + 719468;
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
  };
}

/** `AAAA-MM-JJ` of a day; the only place that brands a ParisDay from numbers. */
export function formatDay({ year, month, day }: Ymd): ParisDay {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}` as ParisDay;
}

/** The numbers of `AAAA-MM-JJ`, or undefined when the text has another form or names no real day. */
export function parseDay(text: string): Ymd | undefined {
  const match = DAY_FORM.exec(text);
  if (match === null) return undefined;
  const ymd = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
  return isRealDay(ymd) ? ymd : undefined;
}

/** A ParisDay from text that comes from outside, or undefined. */
export function toParisDay(text: string): ParisDay | undefined {
  const ymd = parseDay(text);
  return ymd && formatDay(ymd);
}

/** The numbers of a ParisDay; throws RangeError on a text that is none (a branded text is always one). */
export function ymdOf(day: ParisDay): Ymd {
  const ymd = parseDay(day);
  if (ymd === undefined) throw new RangeError(`Cannot read the day "${day}"`);
  return ymd;
}

export function addDays(day: ParisDay, days: number): ParisDay {
  return formatDay(ymdOfNumber(dayNumber(ymdOf(day)) + days));
}

/** Calendar days from `from` to `to`; negative when `to` comes first. */
export function daysBetween(from: ParisDay, to: ParisDay): number {
  return dayNumber(ymdOf(to)) - dayNumber(ymdOf(from));
}

/** Same day `months` later, held back to the last day of a shorter month. */
export function addMonths(day: ParisDay, months: number): ParisDay {
  const from = ymdOf(day);
  const index = from.year * 12 + from.month - 1 + months;
  const year = Math.floor(index / 12);
  const month = index - year * 12 + 1;
  return formatDay({ year, month, day: Math.min(from.day, daysInMonth(year, month)) });
}

/** Day of the week by ISO: 1 is Monday, 7 is Sunday. */
export function isoWeekday(day: ParisDay): number {
  return ((((dayNumber(ymdOf(day)) + 3) % 7) + 7) % 7) + 1;
}

/** ISO 8601 week: the year it belongs to and its number, 1–53. */
export function isoWeek(day: ParisDay): { readonly year: number; readonly week: number } {
  const thursday = ymdOfNumber(dayNumber(ymdOf(day)) + 4 - isoWeekday(day));
  const firstOfYear = dayNumber({ year: thursday.year, month: 1, day: 1 });
  return { year: thursday.year, week: Math.floor((dayNumber(thursday) - firstOfYear) / 7) + 1 };
}
