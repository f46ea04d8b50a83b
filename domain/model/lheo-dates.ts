import { daysInMonth, formatDay, isRealDay } from './calendar.ts';
import type { ParisDay } from './ids.ts';

export const UNKNOWN_START = '00000000';
export const UNKNOWN_END = '99999999';

/** What a LHÉO date says: a day, a month only (`AAAAMM00`), nothing known, or nothing that exists. */
export type LheoDate =
  | { readonly kind: 'day'; readonly day: ParisDay }
  | { readonly kind: 'month'; readonly year: number; readonly month: number }
  | { readonly kind: 'unknownStart' }
  | { readonly kind: 'unknownEnd' }
  | { readonly kind: 'invalid' };

/** Reads `AAAAMMJJ`; a form or a day that does not exist (the schema accepts 20261399) is `invalid`, never an error. */
export function parseLheoDate(text: string): LheoDate {
  if (text === UNKNOWN_START) return { kind: 'unknownStart' };
  if (text === UNKNOWN_END) return { kind: 'unknownEnd' };
  if (!/^\d{8}$/.test(text)) return { kind: 'invalid' };
  const ymd = { year: Number(text.slice(0, 4)), month: Number(text.slice(4, 6)), day: Number(text.slice(6)) };
  if (ymd.day === 0) {
    const real = isRealDay({ ...ymd, day: 1 });
    return real ? { kind: 'month', year: ymd.year, month: ymd.month } : { kind: 'invalid' };
  }
  return isRealDay(ymd) ? { kind: 'day', day: formatDay(ymd) } : { kind: 'invalid' };
}

/** First day a LHÉO date can mean; undefined when it is unknown or invalid. */
export function earliestDay(text: string): ParisDay | undefined {
  const date = parseLheoDate(text);
  if (date.kind === 'month') return formatDay({ year: date.year, month: date.month, day: 1 });
  return date.kind === 'day' ? date.day : undefined;
}

/** Last day a LHÉO date can mean; undefined when it is unknown or invalid. */
export function latestDay(text: string): ParisDay | undefined {
  const date = parseLheoDate(text);
  if (date.kind === 'month')
    return formatDay({ year: date.year, month: date.month, day: daysInMonth(date.year, date.month) });
  return date.kind === 'day' ? date.day : undefined;
}

/** `AAAAMMJJ` of a day, as LHÉO writes it. */
export function toLheoDate(day: ParisDay): string {
  return day.replaceAll('-', '');
}
