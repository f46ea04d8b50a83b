import { describe, expect, it } from '@jest/globals';
import { ACTS, actsFrom, CLOSED_STATUTS, nextStatut, OPEN_STATUTS } from './statuts.ts';
import { STATUTS } from './vocabulary.ts';

describe('the status table', () => {
  it('lets only undo leave a refused soumission, and nothing leave one that is published, withdrawn or abandoned', () => {
    expect(Object.fromEntries(CLOSED_STATUTS.map((statut) => [statut, actsFrom(statut)]))).toEqual({
      publiee: [],
      refusee: ['undo'],
      retiree: [],
      abandonnee: [],
    });
  });

  it.each(OPEN_STATUTS)('takes a new revision and a withdrawal while %s', (statut) => {
    expect(nextStatut(statut, 'reviser')).toBe('deposee');
    expect(nextStatut(statut, 'retirer')).toBe('retiree');
  });

  it('never decides what is not in review', () => {
    const deciding = ACTS.filter((act) => ['approve', 'refuse', 'requestChanges'].includes(act));
    for (const statut of STATUTS.filter((s) => s !== 'enRevue')) {
      for (const act of deciding) expect(nextStatut(statut, act)).toBeUndefined();
    }
  });
});
