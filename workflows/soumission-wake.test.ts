import { describe, expect, it } from '@jest/globals';
import type { Statut } from '../domain/model/vocabulary.ts';
import type { SoumissionState } from './ports.ts';
import { isOver, nextWake } from './soumission-wake.ts';

const NOW = 1_000_000;

function aState(given: Partial<SoumissionState> = {}): SoumissionState {
  return {
    id: 'one',
    statut: 'controlee',
    version: 1,
    seq: 1,
    conduite: 'workflow',
    claim: null,
    wakeAt: { reminders: [], abandon: null },
    decided: null,
    saisiPar: null,
    commandes: [],
    ...given,
  };
}

describe('the one timer of a soumission', () => {
  it.each<Statut>(['deposee', 'controlee', 'validee'])('does not run in statut %s', (statut) => {
    expect(nextWake(aState({ statut }))).toBeNull();
  });

  it('waits for the end of the lease during a review', () => {
    const claim = { by: 'someone', token: 1, expires: NOW };
    expect(nextWake(aState({ statut: 'enRevue', claim }))).toEqual({ at: NOW, effect: { kind: 'leaseOver' } });
  });

  it('fires at once for a review that nobody holds', () => {
    expect(nextWake(aState({ statut: 'enRevue' }))?.at).toBe(0);
  });

  it('waits for the next reminder, then for the end', () => {
    const waiting = (reminders: number[]) =>
      nextWake(aState({ statut: 'correctionsDemandees', wakeAt: { reminders, abandon: 60 } }));
    expect(waiting([15, 45])).toEqual({ at: 15, effect: { kind: 'remind' } });
    expect(waiting([45])).toEqual({ at: 45, effect: { kind: 'remind' } });
    expect(waiting([])).toEqual({ at: 60, effect: { kind: 'abandon' } });
  });
});

describe('the story of a soumission', () => {
  it.each<Statut>(['publiee', 'retiree', 'abandonnee', 'brouillon'])('is over in statut %s', (statut) => {
    expect(isOver(aState({ statut }), NOW)).toBe(true);
  });

  it.each<Statut>(['deposee', 'controlee', 'enRevue', 'correctionsDemandees', 'validee'])(
    'goes on in statut %s',
    (statut) => {
      expect(isOver(aState({ statut }), NOW)).toBe(false);
    },
  );

  it('goes on after a refusal while that can be undone', () => {
    const refused = aState({ statut: 'refusee', decided: { by: 'someone', at: 0, undoUntil: NOW } });
    expect(isOver(refused, NOW - 1)).toBe(false);
    expect(isOver(refused, NOW)).toBe(true);
  });

  it('is over without a row', () => {
    expect(isOver(null, NOW)).toBe(true);
  });
});
