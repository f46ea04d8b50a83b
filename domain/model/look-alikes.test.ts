import { describe, expect, it } from '@jest/globals';
import { actionId, aFormation, anAction, aSession, ficheId, sessionId } from './builders.ts';
import { alikeActions, isShown, joinFormations, type LookAlikeReasons, scoreOf } from './look-alikes.ts';

const nothing: LookAlikeReasons = {
  title: 0,
  certification: false,
  place: false,
  dates: false,
  organisme: false,
  actions: [],
};
const later = { periode: { debut: '20280110', fin: '20280310' } };
const other = aFormation({
  id: ficheId(2),
  actions: [
    anAction({
      id: actionId(2),
      sessions: [
        aSession({ id: sessionId(2) }),
        aSession({ id: sessionId(3), champs: { ...aSession().champs, ...later } }),
      ],
    }),
    anAction({ id: actionId(3), champs: { ...anAction().champs, 'modalites-enseignement': '2' }, sessions: [] }),
  ],
});

describe('formations that look alike', () => {
  it.each<[string, Partial<LookAlikeReasons>, boolean, boolean]>([
    ['the same title alone', { title: 1 }, false, false],
    ['the same title and certification', { title: 1, certification: true }, true, false],
    ['the same certification, place and dates alone', { certification: true, place: true, dates: true }, false, false],
    ['a near title, the same certification and place', { title: 0.6, certification: true, place: true }, true, false],
    ['all but the title', { title: 0.2, certification: true, place: true, dates: true }, false, false],
    ['all the same', { title: 1, certification: true, place: true, dates: true }, true, true],
    ['the same title, place and dates', { title: 1, place: true, dates: true }, true, false],
  ])('are shown, in the same organisme and in another: %s', (_what, given, same, other) => {
    const shown = (organisme: boolean) => {
      const reasons = { ...nothing, ...given, organisme };
      return isShown({ score: scoreOf(reasons), reasons });
    };
    expect([shown(true), shown(false)]).toEqual([same, other]);
  });

  it('have actions that EDOF would refuse as one', () => {
    expect(alikeActions(aFormation(), other)).toEqual([[actionId(1), actionId(2)]]);
  });
});

describe('two formations made one', () => {
  const joined = joinFormations(aFormation(), other);

  it('keep the fields of the one that stays', () => {
    expect([joined.id, joined.champs]).toEqual([aFormation().id, aFormation().champs]);
  });

  it('bring sessions by id to the action they are alike, and other actions whole', () => {
    expect(joined.actions.map(({ id, sessions }) => [id, sessions.map((session) => session.id)])).toEqual([
      [actionId(1), [sessionId(1), sessionId(3)]],
      [actionId(3), []],
    ]);
  });

  it('hold a session with the same dates once', () => {
    expect(joined.actions[0]?.sessions.some(({ id }) => id === sessionId(2))).toBe(false);
  });
});
