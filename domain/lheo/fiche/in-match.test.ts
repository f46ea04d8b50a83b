import { describe, expect, it } from '@jest/globals';
import { actionId, aDispositif, anAction, aSession, dispositifId, sessionId } from '../../model/builders.ts';
import type { SessionDocument } from '../../model/documents.ts';
import { matchIds } from './in-match.ts';
import { settleNumeros } from './in-numeros.ts';
import { aReceived } from './sample-lheo.ts';

const never = () => undefined;
const withSessions = (...sessions: SessionDocument[]) =>
  aReceived(1, { actions: [anAction({ id: actionId(sessions[0]?.id.length ?? 1), numero: '07_A1', sessions })] });

describe('a formation received again', () => {
  it('finds its actions, sessions and dispositifs by numero, wherever they moved', () => {
    const before = withSessions(
      aSession({
        id: sessionId(1),
        numero: 'S1',
        dispositifs: [aDispositif({ id: dispositifId(1), codeFinanceur: '2' })],
      }),
      aSession({ id: sessionId(2), numero: 'S2' }),
    );
    const again = withSessions(
      aSession({ id: sessionId(12), numero: 'S2' }),
      aSession({
        id: sessionId(11),
        numero: 'S1',
        dispositifs: [aDispositif({ id: dispositifId(9), codeFinanceur: '2' })],
      }),
    );
    const { formation, doubts } = matchIds(again, before, never);
    expect(formation.actions[0]?.id).toBe(before.actions[0]?.id);
    expect(formation.actions[0]?.sessions.map(({ id }) => id)).toEqual([sessionId(2), sessionId(1)]);
    expect(formation.actions[0]?.sessions[1]?.dispositifs[0]?.id).toBe(dispositifId(1));
    expect(doubts).toEqual([]);
  });

  it('keeps the numero that SOFI had to give and the one that was received', () => {
    const before = withSessions(aSession({ id: sessionId(1), numero: '21_7', numeroRecu: 'S1' }));
    const { formation } = matchIds(withSessions(aSession({ id: sessionId(9), numero: 'S1' })), before, never);
    expect(formation.actions[0]?.sessions[0]).toMatchObject({ id: sessionId(1), numero: '21_7', numeroRecu: 'S1' });
  });

  it('tells a session without numero by its dates, and makes a new one when two look alike', () => {
    const bare = (id: number) => aSession({ id: sessionId(id) });
    const alone = matchIds(withSessions(bare(9)), withSessions(bare(1)), never);
    expect(alone.formation.actions[0]?.sessions[0]?.id).toBe(sessionId(1));
    const doubtful = matchIds(withSessions(bare(9)), withSessions(bare(1), bare(2)), never);
    expect(doubtful.formation.actions[0]?.sessions[0]?.id).toBe(sessionId(9));
    expect(doubtful.doubts).toMatchObject([{ niveau: 'session' }]);
  });

  it('takes two different numeros for two sessions, even on the same days', () => {
    const before = withSessions(aSession({ id: sessionId(1), numero: 'S1' }));
    const { formation } = matchIds(withSessions(aSession({ id: sessionId(9), numero: 'S2' })), before, never);
    expect(formation.actions[0]?.sessions[0]?.id).toBe(sessionId(9));
  });

  it('gives a session that comes back the id it had in an earlier version, once', () => {
    const given = (niveau: string, numero: string) =>
      niveau === 'session' && numero === 'S1' ? sessionId(5) : undefined;
    const back = withSessions(
      aSession({ id: sessionId(8), numero: 'S1' }),
      aSession({ id: sessionId(9), numero: 'S1' }),
    );
    const { formation } = matchIds(back, withSessions(aSession({ id: sessionId(1), numero: 'S0' })), given);
    expect(formation.actions[0]?.sessions.map(({ id }) => id)).toEqual([sessionId(5), sessionId(9)]);
  });
});

describe('a numero of an action or session', () => {
  it.each([['a|b'], ['a b'], ['a##b'], ['']])('is not kept as "%s"', (numero) => {
    const { formation, remarks } = settleNumeros(withSessions(aSession({ numero })), never);
    expect(formation.actions[0]?.sessions[0]).toMatchObject({ numeroRecu: numero });
    expect(remarks).toEqual([{ code: 'numero-invalide', niveau: 'session', numero }]);
  });

  it('is replaced when the judge says it is taken, and the others stay', () => {
    const judge = (_: string, numero: string) => (numero === 'S1' ? ('numero-deja-pris' as const) : undefined);
    const { formation } = settleNumeros(withSessions(aSession({ numero: 'S1' }), aSession({ numero: 'S2' })), judge);
    const [first, second] = formation.actions[0]?.sessions ?? [];
    expect(first?.numero).toBeUndefined();
    expect(first?.numeroRecu).toBe('S1');
    expect(second?.numero).toBe('S2');
  });
});
