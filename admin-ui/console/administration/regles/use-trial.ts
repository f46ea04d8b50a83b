import { useRef, useState } from 'react';
import type { EssaiDto, EssaiHit } from '../../../../domain/contract/regle.contract.ts';
import type { Severities } from '../../../../domain/model/rules/settings.ts';
import { callApi } from '../../../shared/http/api.ts';
import { asProblem, noticeOf } from '../../../shared/http/problem.ts';

export const TRIAL_DAYS = 90;

/** How far a trial is, and what it found so far. */
export interface TrialState {
  readonly total: number;
  readonly examined: number;
  readonly blocked: readonly EssaiHit[];
  readonly freed: readonly EssaiHit[];
  readonly warned: number;
  readonly done: boolean;
  readonly refusal?: string;
}

export const NOT_TRIED: TrialState = { total: 0, examined: 0, blocked: [], freed: [], warned: 0, done: false };

/** A trial with one more page of it. */
export function withPage(state: TrialState, page: EssaiDto): TrialState {
  return {
    total: page.total ?? state.total,
    examined: state.examined + page.examined,
    blocked: [...state.blocked, ...page.blocked],
    freed: [...state.freed, ...page.freed],
    warned: state.warned + page.warned,
    done: page.next === null,
  };
}

interface Asked {
  readonly regle: string;
  readonly severity: Severities;
  readonly after?: string;
}

async function askPage(asked: Asked): Promise<EssaiDto> {
  const body = { ...asked, jours: TRIAL_DAYS };
  return (await callApi<EssaiDto>('/regles/essai', { method: 'POST', body })).json;
}

/** Tries a severity on what was deposited of late, page after page; a new trial ends the one before. */
export function useTrial(regle: string) {
  const [state, setState] = useState<TrialState>();
  const turn = useRef(0);

  async function run(severity: Severities): Promise<void> {
    turn.current += 1;
    const own = turn.current;
    let so = NOT_TRIED;
    setState(so);
    try {
      let page = await askPage({ regle, severity });
      for (;;) {
        if (turn.current !== own) return;
        so = withPage(so, page);
        setState(so);
        if (page.next === null) return;
        page = await askPage({ regle, severity, after: page.next });
      }
    } catch (error) {
      const found = asProblem(error);
      if (found === undefined) throw error;
      if (turn.current === own) setState({ ...so, refusal: noticeOf(found.problem) });
    }
  }

  const forget = () => {
    turn.current += 1;
    setState(undefined);
  };
  return { state, run, forget };
}
