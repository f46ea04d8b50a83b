import { describe, expect, it } from '@jest/globals';
import type { EssaiDto } from '../../../../domain/contract/regle.contract.ts';
import { NOT_TRIED, withPage } from './use-trial.ts';

const page = (given: Partial<EssaiDto>): EssaiDto => ({
  total: null,
  examined: 200,
  blocked: [],
  freed: [],
  warned: 3,
  next: 'x',
  ...given,
});

describe('a trial in pages', () => {
  it('adds up, keeps the total of its first page, and ends with the last', () => {
    const first = withPage(NOT_TRIED, page({ total: 250 }));
    expect(first).toMatchObject({ total: 250, examined: 200, warned: 3, done: false });
    expect(withPage(first, page({ examined: 50, next: null }))).toMatchObject({
      total: 250,
      examined: 250,
      warned: 6,
      done: true,
    });
  });
});
