import { describe, expect, it } from '@jest/globals';
import { describeLength, timeLeft } from './time-left.ts';

/** Thursday 26 November 2026, 18:00 in Paris. */
const due = Date.parse('2026-11-26T17:00:00Z');
const at = (iso: string) => Date.parse(iso);

describe('time left to a promise', () => {
  it.each([
    [20_000, '1 min'],
    [25 * 60_000, '25 min'],
    [119 * 60_000, '2 h'],
    [27 * 3_600_000, '1 j 3 h'],
    [48 * 3_600_000, '2 j'],
    [100 * 3_600_000, '4 j'],
  ])('says %d ms as "%s"', (ms, words) => {
    expect(describeLength(ms, 'fr')).toBe(words);
  });

  it('is calm the day before', () => {
    expect(timeLeft(due, at('2026-11-25T09:00:00Z'), 'en')).toEqual({ tone: 'running', words: '1 d 8 h' });
  });

  it('turns amber eight working hours before it is due', () => {
    expect(timeLeft(due, at('2026-11-26T08:59:00Z'), 'fr').tone).toBe('running');
    expect(timeLeft(due, at('2026-11-26T09:00:00Z'), 'fr').tone).toBe('amber');
  });

  it('turns amber by the hours that are set', () => {
    expect(timeLeft(due, at('2026-11-26T12:59:00Z'), 'fr', 4).tone).toBe('running');
    expect(timeLeft(due, at('2026-11-26T13:00:00Z'), 'fr', 4).tone).toBe('amber');
  });

  it('says by how much it is late, in both languages', () => {
    const now = at('2026-11-27T17:00:00Z');
    expect(timeLeft(due, now, 'fr')).toEqual({ tone: 'late', words: 'en retard de 1 j' });
    expect(timeLeft(due, now, 'en')).toEqual({ tone: 'late', words: 'late by 1 d' });
  });
});
