import { describe, expect, it } from '@jest/globals';
import type { ParisDay } from '../ids.ts';
import { ANSWERS } from './answers.ts';
import { answersFor, hasEnded } from './ended.ts';

const TODAY = '2026-11-24' as ParisDay;

describe('a session', () => {
  it.each([
    ['of which this is the last day', '20260901', '20261124', false, false],
    ['of which yesterday was the last day', '20260901', '20261123', false, true],
    ['that ends within this month', '20260901', '20261100', false, false],
    ['that ended within last month', '20260901', '20261000', false, true],
    ['without a known end', '20260901', '99999999', false, false],
    ['without a known start', '00000000', '20261001', false, false],
    ['entered at any time', '20260901', '20261001', true, false],
    ['with an end that is no day', '20260901', '20261399', false, false],
  ])('%s has ended or not', (_, debut, fin, permanente, ended) => {
    expect(hasEnded({ debut, fin, permanente }, TODAY)).toBe(ended);
  });

  it('that has ended takes new dates or a cancellation, any other all answers', () => {
    expect(answersFor(true)).toEqual(['annulee', 'dates']);
    expect(answersFor(false)).toEqual(ANSWERS);
  });
});
