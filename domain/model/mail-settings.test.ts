import { describe, expect, it } from '@jest/globals';
import type { ParisDay } from './ids.ts';
import { DEFAULT_MAIL_SETTINGS, isQuietDay } from './mail-settings.ts';

const calme = (weekEnd: boolean, feries: boolean, ...dates: string[]) => ({
  ...DEFAULT_MAIL_SETTINGS,
  calme: { weekEnd, feries, dates: dates as ParisDay[] },
});

describe('a quiet day', () => {
  it.each([
    ['a Saturday', '2026-11-28', calme(true, false), true],
    ['a Saturday, when week-ends count', '2026-11-28', calme(false, true), false],
    ['Easter Monday', '2027-03-29', calme(false, true), true],
    ['1 May on a Saturday, when only holidays are quiet', '2027-05-01', calme(false, true), true],
    ['a date of its own', '2026-12-24', calme(false, false, '2026-12-24'), true],
    ['a plain Tuesday', '2026-11-24', calme(true, true), false],
  ])('%s', (_, day, settings, quiet) => {
    expect(isQuietDay(day as ParisDay, settings)).toBe(quiet);
  });
});
