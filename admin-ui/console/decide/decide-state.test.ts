import { describe, expect, it } from '@jest/globals';
import { decisionBody } from '../../../domain/contract/soumission.contract.ts';
import { askBody, type DecideEvent, decideReducer, isReady, NOTHING_WRITTEN, refuseBody } from './decide-state.ts';

const follow = (...events: DecideEvent[]) => events.reduce(decideReducer, NOTHING_WRITTEN);
const titre = '/champs/intitule-formation';

describe('writing a decision', () => {
  it('asks for changes on the fields that were clicked, and lets a click take one back', () => {
    const state = follow({ kind: 'toggleField', path: titre }, { kind: 'toggleField', path: '/champs/certifiante' });
    expect(state).toMatchObject({ mode: 'ask' });
    expect(decideReducer(state, { kind: 'toggleField', path: titre }).champs.map(({ path }) => path)).toEqual([
      '/champs/certifiante',
    ]);
  });

  it('sends a body that the contract takes, without an empty suggestion', () => {
    const state = follow(
      { kind: 'toggleField', path: titre },
      { kind: 'field', path: titre, change: { reason: 'imprecis', comment: 'Précisez le diplôme' } },
    );
    const body = askBody(state, 3);
    expect(decisionBody.parse(body)).toEqual({
      kind: 'requestChanges',
      version: 3,
      champs: [{ path: titre, reason: 'imprecis', comment: 'Précisez le diplôme' }],
    });
  });

  it('refuses only with a reason', () => {
    const short = follow({ kind: 'mode', mode: 'refuse' }, { kind: 'motif', motif: ' a ' });
    expect(isReady(short)).toBe(false);
    const long = decideReducer(short, { kind: 'motif', motif: 'Hors du champ de la formation professionnelle' });
    expect(isReady(long)).toBe(true);
    expect(decisionBody.safeParse(refuseBody(long, 1)).success).toBe(true);
  });

  it('keeps what was typed when the person changes their mind about the kind', () => {
    const state = follow(
      { kind: 'mode', mode: 'refuse' },
      { kind: 'motif', motif: 'Doublon' },
      { kind: 'mode', mode: 'read' },
    );
    expect(state.motif).toBe('Doublon');
  });
});
