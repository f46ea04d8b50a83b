import { describe, expect, it } from '@jest/globals';
import type { SoumissionDto } from '../../../domain/contract/soumission.contract.ts';
import { conflictsOf } from './conflicts.ts';

type Item = SoumissionDto['timeline'][number];
const step = (n: number, act: string, data?: Item['data']): Item => ({
  n,
  at: '2026-11-24T09:00:00.000Z',
  act,
  by: null,
  from: null,
  to: null,
  ...(data === undefined ? {} : { data }),
});
const told = [step(1, 'deposer', { conflits: ['/champs/a'] }), step(2, 'controler')];

describe('fields that two changes moved', () => {
  it('are those of the last deposit', () => {
    expect(conflictsOf({ statut: 'controlee', timeline: told })).toEqual(['/champs/a']);
    expect(conflictsOf({ statut: 'controlee', timeline: [...told, step(3, 'reviser')] })).toEqual([]);
  });

  it('are no matter any more once it is decided', () => {
    expect(conflictsOf({ statut: 'validee', timeline: told })).toEqual([]);
  });
});
