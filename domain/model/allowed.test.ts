import { describe, expect, it } from '@jest/globals';
import { allowedActs } from './allowed.ts';
import type { InstantMs, UserId } from './ids.ts';
import type { Standing } from './refusals.ts';
import { STATUTS } from './vocabulary.ts';

const NOW = 1_000_000 as InstantMs;
const of = { userId: 'of' as UserId, role: 'of' as const };
const anne = { userId: 'anne' as UserId, role: 'moderateur' as const };
const bruno = { userId: 'bruno' as UserId, role: 'moderateur' as const };
const admin = { userId: 'admin' as UserId, role: 'administrateur' as const };
const consumer = { userId: 'c' as UserId, role: 'consommateur' as const };

const standing = (given: Partial<Standing> = {}): Standing => ({
  statut: 'controlee',
  version: 1,
  claim: null,
  decided: null,
  saisiPar: null,
  ...given,
});
const heldBy = (by: string, expires = NOW + 1) => standing({ statut: 'enRevue', claim: { by, token: 1, expires } });

describe('the acts that a person may do now', () => {
  it('of a free soumission are to claim it or to decide at once', () => {
    expect(allowedActs(standing(), anne, NOW)).toEqual(['claim', 'approve', 'refuse', 'requestChanges', 'mend']);
  });

  it('of the one I hold are to give it back or to decide', () => {
    expect(allowedActs(heldBy('anne'), anne, NOW)).toEqual(['giveBack', 'approve', 'refuse', 'requestChanges', 'mend']);
  });

  it('of one that a colleague holds is to take it over, until their lease is over', () => {
    expect(allowedActs(heldBy('anne'), bruno, NOW)).toEqual(['takeOver']);
    expect(allowedActs(heldBy('anne', NOW), bruno, NOW)).toContain('approve');
  });

  it('never are a decision on one’s own entry, which its author may still withdraw', () => {
    const own = allowedActs(standing({ saisiPar: 'anne' }), anne, NOW);
    expect(own).not.toContain('approve');
    expect(own).toEqual(expect.arrayContaining(['reviser', 'retirer']));
    expect(allowedActs(standing({ saisiPar: 'anne' }), bruno, NOW)).toContain('approve');
  });

  it('of a decided one is to undo it, for who decided and for an administrator, in time', () => {
    const decided = standing({ statut: 'validee', decided: { by: 'anne', undoUntil: NOW + 1 } });
    expect([anne, bruno, admin].map((by) => allowedActs(decided, by, NOW))).toEqual([['undo'], [], ['undo']]);
    expect(allowedActs(decided, anne, (NOW + 2) as InstantMs)).toEqual([]);
  });

  it('of an organisation are to deposit, to give up, to revise and to withdraw', () => {
    const acts = Object.fromEntries(STATUTS.map((statut) => [statut, allowedActs(standing({ statut }), of, NOW)]));
    expect(acts).toEqual({
      brouillon: ['deposer', 'abandonner'],
      deposee: ['reviser', 'retirer'],
      controlee: ['reviser', 'retirer'],
      enRevue: ['reviser', 'retirer'],
      correctionsDemandees: ['reviser', 'retirer'],
      validee: ['retirer'],
      publiee: [],
      refusee: [],
      retiree: [],
      abandonnee: [],
    });
  });

  it('are none for a consumer', () => {
    for (const statut of STATUTS) expect(allowedActs(standing({ statut }), consumer, NOW)).toEqual([]);
  });
});
