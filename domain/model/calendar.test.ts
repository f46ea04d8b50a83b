import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addDays,
  addMonths,
  dayNumber,
  formatDay,
  isoWeek,
  isoWeekday,
  parseDay,
  toParisDay,
  ymdOfNumber,
} from './calendar.ts';
import type { ParisDay } from './ids.ts';
import { earliestDay, latestDay, parseLheoDate, toLheoDate } from './lheo-dates.ts';
import { instantOf, parisDayOf, parisOffsetMinutes, parisTimeOf } from './paris-time.ts';
import { addWorkingDays, easterOf, isWorkingDay, previousWorkingDay, publicHolidays } from './working-days.ts';

const day = (text: string) => text as ParisDay;
const inParis = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris', dateStyle: 'short', timeStyle: 'short' });

describe('the calendar', () => {
  it('counts days as the platform does, over four centuries', () => {
    fc.assert(
      fc.property(fc.integer({ min: -135_000, max: 60_000 }), (number) => {
        const text = new Date(number * 86_400_000).toISOString().slice(0, 10);
        expect(formatDay(ymdOfNumber(number))).toBe(text);
        expect(dayNumber(ymdOfNumber(number))).toBe(number);
        expect(isoWeekday(day(text)) % 7).toBe(new Date(number * 86_400_000).getUTCDay());
      }),
    );
  });

  it.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '20260401', '2026-4-1', ''])(
    'knows no day "%s"',
    (text) => {
      expect(parseDay(text)).toBeUndefined();
      expect(toParisDay(text)).toBeUndefined();
    },
  );

  it('holds a month back to its last day', () => {
    expect(addMonths(day('2024-01-31'), 1)).toBe('2024-02-29');
    expect(addMonths(day('2026-01-15'), -2)).toBe('2025-11-15');
  });

  it.each([
    ['2026-01-01', 2026, 1],
    ['2027-01-01', 2026, 53],
    ['2024-12-30', 2025, 1],
    ['2026-11-24', 2026, 48],
  ])('puts %s in week %i-%i', (text, year, week) => {
    expect(isoWeek(day(text))).toEqual({ year, week });
  });
});

describe('working days', () => {
  it.each([
    [2024, '2024-03-31'],
    [2025, '2025-04-20'],
    [2026, '2026-04-05'],
    [2027, '2027-03-28'],
    [2038, '2038-04-25'],
  ])('finds Easter of %i', (year, easter) => {
    expect(easterOf(year)).toBe(easter);
  });

  it('lists the eleven holidays of 2026', () => {
    expect(publicHolidays(2026)).toEqual([
      '2026-01-01',
      '2026-04-06',
      '2026-05-01',
      '2026-05-08',
      '2026-05-14',
      '2026-05-25',
      '2026-07-14',
      '2026-08-15',
      '2026-11-01',
      '2026-11-11',
      '2026-12-25',
    ]);
  });

  it('works neither on 1 May nor at week-ends', () => {
    expect(isWorkingDay(day('2026-05-01'))).toBe(false);
    expect(isWorkingDay(day('2026-05-02'))).toBe(false);
    expect(addWorkingDays(day('2026-04-30'), 1)).toBe('2026-05-04');
    expect(previousWorkingDay(day('2026-04-07'))).toBe('2026-04-03');
  });
});

describe('time in Paris', () => {
  it('agrees with the platform at every instant of thirty years', () => {
    fc.assert(
      fc.property(fc.integer({ min: 852_076_800, max: 2_051_222_400 }), (seconds) => {
        const instant = seconds * 1000;
        const { hour, minute } = parisTimeOf(instant);
        const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
        expect(`${parisDayOf(instant)} ${time}`).toBe(inParis.format(instant));
      }),
      { numRuns: 500 },
    );
  });

  it('changes its clocks at 01:00 UTC of the last Sundays of March and October', () => {
    expect(parisOffsetMinutes(Date.UTC(2026, 2, 29, 0, 59, 59))).toBe(60);
    expect(parisOffsetMinutes(Date.UTC(2026, 2, 29, 1))).toBe(120);
    expect(parisOffsetMinutes(Date.UTC(2026, 9, 25, 0, 59, 59))).toBe(120);
    expect(parisOffsetMinutes(Date.UTC(2026, 9, 25, 1))).toBe(60);
  });

  it('reads a skipped hour an hour later and a repeated one the first time', () => {
    expect(instantOf(day('2026-03-29'), 2, 30)).toBe(Date.UTC(2026, 2, 29, 1, 30));
    expect(instantOf(day('2026-10-25'), 2, 30)).toBe(Date.UTC(2026, 9, 25, 0, 30));
  });

  it('gives back the day and time it was asked for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10_000, max: 25_000 }), fc.integer({ min: 4, max: 23 }), (number, hour) => {
        const asked = formatDay(ymdOfNumber(number));
        expect(parisDayOf(instantOf(asked, hour))).toBe(asked);
        expect(parisTimeOf(instantOf(asked, hour))).toEqual({ hour, minute: 0 });
      }),
    );
  });
});

describe('a LHÉO date', () => {
  it.each([
    ['20260228', { kind: 'day', day: '2026-02-28' }],
    ['20260200', { kind: 'month', year: 2026, month: 2 }],
    ['00000000', { kind: 'unknownStart' }],
    ['99999999', { kind: 'unknownEnd' }],
    ['20261399', { kind: 'invalid' }],
    ['20260230', { kind: 'invalid' }],
    ['20261300', { kind: 'invalid' }],
    ['202602281', { kind: 'invalid' }],
    ['', { kind: 'invalid' }],
  ])('reads %s', (text, expected) => {
    expect(parseLheoDate(text)).toEqual(expected);
  });

  it('spans a whole month when only the month is known', () => {
    expect([earliestDay('20240200'), latestDay('20240200')]).toEqual(['2024-02-01', '2024-02-29']);
    expect(earliestDay('00000000')).toBeUndefined();
    expect(toLheoDate(addDays(day('2025-12-31'), 1))).toBe('20260101');
  });
});
