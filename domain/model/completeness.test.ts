import { describe, expect, it } from '@jest/globals';
import { aFormation, anAction, aSession, dispositifId, sessionId } from './builders.ts';
import { completenessOf, letterOf } from './completeness.ts';
import type { Fault } from './faults.ts';

const blocking = (path: string): Fault => ({ rule: 'x', severity: 'blocking', path });

describe('the completeness of a formation', () => {
  it('is whole without a blocking fault', () => {
    expect(completenessOf(aFormation(), [{ ...blocking('/champs/x'), severity: 'warning' }])).toEqual({
      F: 1,
      A: 1,
      S: 1,
      D: 1,
    });
  });

  it('is nothing for a letter that was not entered', () => {
    expect(completenessOf(aFormation({ actions: [] }), [])).toEqual({ F: 1, A: 0, S: 0, D: 0 });
  });

  it('goes down with each blocking fault of the letter, never below nothing', () => {
    const faults = Array.from({ length: 40 }, (_, n) => blocking(`/actions/a/champs/${n}`));
    expect(completenessOf(aFormation(), faults.slice(0, 2))).toMatchObject({ F: 1, A: 0.8 });
    expect(completenessOf(aFormation(), faults).A).toBe(0);
  });

  it('counts the sessions that have a funding', () => {
    const sessions = [aSession(), aSession({ id: sessionId(2), dispositifs: [] })];
    expect(completenessOf(aFormation({ actions: [anAction({ sessions })] }), []).D).toBe(0.5);
  });

  it.each([
    ['/champs/intitule-formation', 'F'],
    ['/actions/a/champs/x', 'A'],
    ['/actions/a/sessions/s/champs/x', 'S'],
    [`/actions/a/sessions/s/dispositifs/${dispositifId(1)}/codeFinanceur`, 'D'],
  ])('%s belongs to %s', (path, letter) => {
    expect(letterOf(path)).toBe(letter);
  });
});
