import { describe, expect, it } from '@jest/globals';
import { BREAKER, isTooMuch } from './breaker.ts';

describe('the circuit breaker', () => {
  it.each([
    [99, 99, false],
    [100, 100, true],
    [300, 10_000, false],
    [301, 10_000, true],
  ])('stops all of it when %d of %d sessions are gone: %s', (gone, of, stops) => {
    expect(isTooMuch(gone, of, BREAKER.overall)).toBe(stops);
  });

  it.each([
    [4, 4, false],
    [5, 5, true],
    [5, 10, false],
    [6, 11, true],
  ])('keeps an organisme back when %d of its %d sessions are gone: %s', (gone, of, stops) => {
    expect(isTooMuch(gone, of, BREAKER.organisme)).toBe(stops);
  });
});
