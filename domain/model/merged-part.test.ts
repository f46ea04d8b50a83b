import { describe, expect, it } from '@jest/globals';
import { actionId, aFormation, anAction, aSession, sessionId } from './builders.ts';
import { ownPart } from './merged-part.ts';

const session = (k: number, etat = '1') => {
  const one = aSession({ id: sessionId(k) });
  return { ...one, champs: { ...one.champs, 'etat-recrutement': etat } };
};
const action = (k: number, sessions: readonly number[], etat = '1') => {
  const one = anAction({ id: actionId(k), sessions: sessions.map((id) => session(id, etat)) });
  return { ...one, champs: { ...one.champs, 'rythme-formation': `rythme ${etat}` } };
};
const titled = (titre: string, ...actions: ReturnType<typeof action>[]) => {
  const one = aFormation({ actions });
  return { ...one, champs: { ...one.champs, 'intitule-formation': titre } };
};

describe('the part of a formation that was merged', () => {
  const before = titled('CAP ébéniste', action(1, [1]), action(2, [2]));

  it('changes its own rows and adds new ones, and nothing of the formation that stays', () => {
    const after = titled('Autre titre', action(1, [1, 3], '3'), action(2, [2], '3'));
    const mine = new Set<string>([actionId(2), sessionId(2)]);
    const part = ownPart(before, after, mine);
    expect(part.champs).toEqual(before.champs);
    const [own, other] = part.actions;
    expect(own).toEqual({ ...before.actions[0], sessions: [session(1), session(3, '3')] });
    expect(other).toEqual(after.actions[1]);
  });

  it('takes its own rows away, never those of the one that stays', () => {
    const after = titled('CAP ébéniste');
    const part = ownPart(before, after, new Set<string>([actionId(2), sessionId(2)]));
    expect(part.actions).toEqual([before.actions[0]]);
  });

  it('leaves a session of the one that stays where it is', () => {
    const after = titled('CAP ébéniste', action(1, []), action(2, [2, 1]));
    const part = ownPart(before, after, new Set<string>([actionId(2), sessionId(2)]));
    expect(part.actions.map(({ sessions }) => sessions.map(({ id }) => id))).toEqual([[sessionId(1)], [sessionId(2)]]);
  });

  it('is the formation as it was when it says nothing new', () => {
    expect(ownPart(before, before, new Set())).toEqual(before);
  });
});
