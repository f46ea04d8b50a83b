import { describe, expect, it } from '@jest/globals';
import { isHalfId, journalFilter, NOTHING_TYPED } from './journal-filter.ts';

const ID = '0192d5a0-1111-7000-8000-000000000001';
const startOf = (day: string, later: number) => `${day}+${later}`;

describe('the search of the journal', () => {
  it('asks for nothing when nothing is typed', () => {
    expect(journalFilter(NOTHING_TYPED, startOf)).toEqual({});
  });

  it('takes a last day whole', () => {
    const typed = { ...NOTHING_TYPED, from: '2026-11-01', until: '2026-11-24' };
    expect(journalFilter(typed, startOf)).toEqual({ from: '2026-11-01+0', until: '2026-11-24+1' });
  });

  it('waits for a whole id', () => {
    expect([isHalfId(''), isHalfId(ID), isHalfId(ID.slice(0, 9))]).toEqual([false, false, true]);
    expect(journalFilter({ ...NOTHING_TYPED, fiche: ` ${ID.toUpperCase()} ` }, startOf)).toEqual({ fiche: ID });
    expect(journalFilter({ ...NOTHING_TYPED, fiche: ID.slice(0, 9), q: ' accepted ' }, startOf)).toEqual({
      q: 'accepted',
    });
  });
});
