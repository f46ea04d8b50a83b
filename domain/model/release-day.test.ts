import { describe, expect, it } from '@jest/globals';
import type { ParisDay } from './ids.ts';
import { instantOf, parisDayOf } from './paris-time.ts';
import { lastFiring } from './release-day.ts';

const MINUTE_MS = 60_000;
const at = (day: string, hour: number, minute = 0) => instantOf(day as ParisDay, hour, minute);

describe('a daily run', () => {
  it.each([
    ['at its hour', '2026-11-24', at('2026-11-24', 4)],
    ['a moment later', '2026-11-24', at('2026-11-24', 4) + 100],
    ['by a clock that is five minutes slow', '2026-11-24', at('2026-11-24', 4) - 5 * MINUTE_MS],
    ['by a clock that is five minutes fast', '2026-11-24', at('2026-11-24', 4) + 5 * MINUTE_MS],
    ['in the evening', '2026-11-24', at('2026-11-24', 22)],
    ['in the night after, before its hour', '2026-11-24', at('2026-11-25', 3, 59)],
    ['once its hour came again', '2026-11-25', at('2026-11-25', 4)],
    ['three days later', '2026-11-27', at('2026-11-27', 12)],
    ['three days later, before its hour', '2026-11-26', at('2026-11-27', 2)],
  ])('meant for the 24th at 4 and run %s is of %s', (_when, day, now) => {
    expect(parisDayOf(lastFiring(at('2026-11-24', 4), now))).toBe(day);
  });

  it.each([
    ['the day of 25 hours', '2026-10-24', at('2026-10-25', 3, 30), '2026-10-24'],
    ['the day of 25 hours, its hour come', '2026-10-24', at('2026-10-25', 4), '2026-10-25'],
    ['the day of 23 hours', '2026-03-28', at('2026-03-29', 3, 30), '2026-03-28'],
    ['the day of 23 hours, its hour come', '2026-03-28', at('2026-03-29', 4), '2026-03-29'],
  ])('over %s keeps to the clock on the wall', (_which, meant, now, day) => {
    expect(parisDayOf(lastFiring(at(meant, 4), now))).toBe(day);
  });

  it('asked for at an instant of its own keeps that instant', () => {
    const asked = at('2026-11-24', 14, 34) + 56_789;
    expect(lastFiring(asked, asked + 1_000)).toBe(asked);
  });
});
