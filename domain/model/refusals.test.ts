import { describe, expect, it } from '@jest/globals';
import type { UserId } from './ids.ts';
import { refusalOf, type Standing, type Wish } from './refusals.ts';
import type { Actor } from './requests.ts';
import { STATUTS, type Statut } from './vocabulary.ts';

const NOW = 1_000_000;
const moderatrice: Actor = { userId: 'moderatrice' as UserId, role: 'moderateur' };
const moderateur: Actor = { userId: 'moderateur' as UserId, role: 'moderateur' };
const administrateur: Actor = { userId: 'admin' as UserId, role: 'administrateur' };
const of: Actor = { userId: 'of' as UserId, role: 'of' };

function aStanding(given: Partial<Standing> = {}): Standing {
  return { statut: 'controlee', version: 2, claim: null, decided: null, saisiPar: null, ...given };
}
const held = { by: moderateur.userId, token: 3, expires: NOW + 1 };
const decision = { version: 2 };

const OPEN_TO: Record<Wish['kind'], readonly Statut[]> = {
  claim: ['controlee', 'enRevue'],
  giveBack: ['enRevue'],
  decide: ['controlee', 'enRevue'],
  undo: ['validee', 'refusee', 'correctionsDemandees'],
  withdraw: ['deposee', 'controlee', 'enRevue', 'correctionsDemandees', 'validee'],
  revise: ['deposee', 'controlee', 'enRevue', 'correctionsDemandees'],
  mend: ['deposee', 'controlee', 'enRevue'],
};
const WISHES: readonly Wish[] = [
  { kind: 'claim', by: moderatrice, takeOver: false },
  { kind: 'giveBack', by: moderatrice },
  { kind: 'decide', by: moderatrice, decision },
  { kind: 'undo', by: moderatrice },
  { kind: 'withdraw', by: of },
  { kind: 'revise', by: of },
  { kind: 'mend', by: moderatrice, version: 2 },
];

describe('what a soumission refuses', () => {
  const cases = WISHES.flatMap((wish) => STATUTS.map((statut) => [wish.kind, statut, wish] as const));
  it.each(cases)('%s from %s only where the status table has it', (kind, statut, wish) => {
    const decided = { by: moderatrice.userId, undoUntil: NOW };
    const refusal = refusalOf(aStanding({ statut, decided }), wish, NOW);
    if (OPEN_TO[kind].includes(statut)) expect(refusal).toBeNull();
    else expect(['transition-interdite', 'deja-decidee']).toContain(refusal?.code);
  });

  it.each([
    ['version-perimee', { statut: 'validee' as const, claim: held }, { version: 1 }],
    ['deja-decidee', { statut: 'validee' as const }, decision],
    ['prise-par-un-collegue', { statut: 'enRevue' as const, claim: held }, decision],
    ['propre-saisie', { saisiPar: moderatrice.userId }, decision],
  ])('a decision: %s', (code, standing, on) => {
    const wish: Wish = { kind: 'decide', by: moderatrice, decision: on };
    expect(refusalOf(aStanding(standing), wish, NOW)?.code).toBe(code);
  });

  it('a decision under a token that is no longer the claim’s', () => {
    const mine = { by: moderatrice.userId, token: 4, expires: NOW + 1 };
    const standing = aStanding({ statut: 'enRevue', claim: mine });
    const wish = (token: number): Wish => ({ kind: 'decide', by: moderatrice, decision, token });
    expect(refusalOf(standing, wish(3), NOW)?.code).toBe('reservation-perdue');
    expect(refusalOf(standing, wish(4), NOW)).toBeNull();
    expect(refusalOf(standing, wish(4), NOW + 1)?.code).toBe('reservation-perdue');
  });

  it('a claim that a colleague holds, unless it is taken over or over', () => {
    const standing = aStanding({ statut: 'enRevue', claim: held });
    const claim = (takeOver: boolean): Wish => ({ kind: 'claim', by: moderatrice, takeOver });
    expect(refusalOf(standing, claim(false), NOW)).toMatchObject({
      code: 'prise-par-un-collegue',
      details: { par: moderateur.userId, expires: held.expires },
    });
    expect(refusalOf(standing, claim(true), NOW)).toBeNull();
    expect(refusalOf(standing, claim(false), held.expires)).toBeNull();
  });

  it('acts of the Cariforef to an OF', () => {
    expect(refusalOf(aStanding(), { kind: 'claim', by: of, takeOver: false }, NOW)?.code).toBe('interdit');
    expect(refusalOf(aStanding(), { kind: 'decide', by: of, decision }, NOW)?.code).toBe('interdit');
  });

  it('a withdrawal by the Cariforef of what an OF entered, not of what it entered on behalf', () => {
    const withdraw: Wish = { kind: 'withdraw', by: moderatrice };
    expect(refusalOf(aStanding(), withdraw, NOW)?.code).toBe('interdit');
    expect(refusalOf(aStanding({ saisiPar: moderateur.userId }), withdraw, NOW)?.code).toBe('interdit');
    expect(refusalOf(aStanding({ saisiPar: moderatrice.userId }), withdraw, NOW)).toBeNull();
  });

  it('an undo by a colleague or after its time, not by an administrator', () => {
    const standing = aStanding({ statut: 'validee', decided: { by: moderateur.userId, undoUntil: NOW } });
    const undo = (by: Actor): Wish => ({ kind: 'undo', by });
    expect(refusalOf(standing, undo(moderatrice), NOW)?.code).toBe('interdit');
    expect(refusalOf(standing, undo(moderateur), NOW + 1)?.code).toBe('annulation-depassee');
    expect(refusalOf(standing, undo(administrateur), NOW)).toBeNull();
  });
});
