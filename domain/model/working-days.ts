import { addDays, formatDay, isoWeekday, ymdOf } from './calendar.ts';
import type { ParisDay } from './ids.ts';

/** Easter Sunday of a Gregorian year (Meeus, Jones and Butcher). */
export function easterOf(year: number): ParisDay {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 19 * l) / 433);
  const n = h + l - 7 * m;
  const month = Math.floor((n + 90) / 25);
  return formatDay({ year, month, day: (n + 33 * month + 19) % 32 });
}

const FIXED_HOLIDAYS = ['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25'] as const;
/** Easter Monday, Ascension, Whit Monday. */
const DAYS_AFTER_EASTER = [1, 39, 50] as const;

/** The eleven public holidays of metropolitan France (article L. 3133-1 of the code du travail). */
export function publicHolidays(year: number): ParisDay[] {
  const easter = easterOf(year);
  const fixed = FIXED_HOLIDAYS.map((date) => `${String(year).padStart(4, '0')}-${date}` as ParisDay);
  return [...fixed, ...DAYS_AFTER_EASTER.map((days) => addDays(easter, days))].sort();
}

/** One of the eleven public holidays. */
export function isPublicHoliday(day: ParisDay): boolean {
  if ((FIXED_HOLIDAYS as readonly string[]).includes(day.slice(5))) return true;
  return publicHolidays(ymdOf(day).year).includes(day);
}

/** Monday to Friday, public holidays apart. */
export function isWorkingDay(day: ParisDay): boolean {
  return isoWeekday(day) <= 5 && !isPublicHoliday(day);
}

/** The first working day after `day`. */
export function nextWorkingDay(day: ParisDay): ParisDay {
  let next = addDays(day, 1);
  while (!isWorkingDay(next)) next = addDays(next, 1);
  return next;
}

/** The last working day before `day`. */
export function previousWorkingDay(day: ParisDay): ParisDay {
  let previous = addDays(day, -1);
  while (!isWorkingDay(previous)) previous = addDays(previous, -1);
  return previous;
}

/** `count` working days later; 0 gives the day itself, working or not. */
export function addWorkingDays(day: ParisDay, count: number): ParisDay {
  let result = day;
  for (let n = 0; n < count; n++) result = nextWorkingDay(result);
  return result;
}
