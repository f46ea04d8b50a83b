import { useQueryClient } from '@tanstack/react-query';
import { useReducer, useState } from 'react';
import { useNotify } from 'react-admin';
import type { DecisionBody, SoumissionDto } from '../../../domain/contract/soumission.contract.ts';
import type { MendBody } from '../../../domain/contract/vie.contract.ts';
import { callApi } from '../../shared/http/api.ts';
import { isOpenAnswer } from '../../shared/http/idempotency.ts';
import { type ApiProblem, asProblem } from '../../shared/http/problem.ts';
import { soumissionQuery } from '../review/soumission-query.ts';
import { decideReducer, NOTHING_WRITTEN } from './decide-state.ts';

interface Options {
  readonly soumission: SoumissionDto;
  /** Called once a decision is taken: the next item opens. */
  readonly onDecided: () => void;
}

/**
 * Acts on one soumission, never optimistic: the page shows what the server answered. What was written stays until a
 * decision is taken; a refusal is kept in `refusal` for the page to explain.
 */
export function useDecide({ soumission: { id }, onDecided }: Options) {
  const client = useQueryClient();
  const notify = useNotify();
  const [state, dispatch] = useReducer(decideReducer, NOTHING_WRITTEN);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<ApiProblem>();
  const [unanswered, setUnanswered] = useState<DecisionBody>();

  async function act<T>(work: () => Promise<T>, done: string | ((answer: T) => string), body?: DecisionBody) {
    setBusy(true);
    setRefusal(undefined);
    setUnanswered(undefined);
    try {
      const answer = await work();
      notify(typeof done === 'string' ? done : done(answer), { type: 'success' });
      return true;
    } catch (error) {
      const found = asProblem(error);
      if (found === undefined) throw error;
      setRefusal(found);
      if (body && isOpenAnswer(found.status, found.code)) setUnanswered(body);
      return false;
    } finally {
      setBusy(false);
      await client.invalidateQueries({ queryKey: soumissionQuery(id).queryKey });
      void client.invalidateQueries({ queryKey: ['file'] });
    }
  }

  async function decide(body: DecisionBody): Promise<void> {
    const send = () => callApi<SoumissionDto>(`/soumissions/${id}/decisions`, { method: 'POST', body });
    const done = ({ json }: { readonly json: SoumissionDto }) =>
      json.statut === 'controlee' ? 'vie.voice.done' : `console.decide.done.${body.kind}`;
    if (await act(send, done, body)) {
      dispatch({ kind: 'sent' });
      onDecided();
    }
  }

  const claim = (takeOver = false) =>
    act(
      () => callApi(`/soumissions/${id}/claim`, { method: 'POST', body: takeOver ? { takeOver } : {} }),
      'console.decide.done.claim',
    );
  const giveBack = () =>
    act(() => callApi(`/soumissions/${id}/claim`, { method: 'DELETE' }), 'console.decide.done.giveBack');
  const undo = () =>
    act(() => callApi(`/soumissions/${id}/undo`, { method: 'POST', body: {} }), 'console.decide.done.undo');

  async function mend(body: MendBody): Promise<void> {
    const send = () => callApi(`/soumissions/${id}/mends`, { method: 'POST', body });
    if (await act(send, 'vie.mends.done')) dispatch({ kind: 'sent' });
  }

  return { mend, state, dispatch, busy, refusal, unanswered, decide, claim, giveBack, undo };
}

export type Decide = ReturnType<typeof useDecide>;
