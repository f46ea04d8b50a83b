import { describe, expect, it } from '@jest/globals';
import { daysOf } from './days.ts';

describe('the chart of the promise', () => {
  it('adds the clocks of each day up, in the order of the days', () => {
    const jours = [
      { day: '2026-11-25', kept: 2, missed: 1 },
      { day: '2026-11-24', kept: 5, missed: 0 },
      { day: '2026-11-25', kept: 1, missed: 0 },
    ];
    expect(daysOf(jours)).toEqual({ days: ['2026-11-24', '2026-11-25'], kept: [5, 3], missed: [0, 1] });
  });
});
