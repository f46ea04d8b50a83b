import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import type { BrouillonDto } from '../../../domain/contract/brouillon.contract.ts';
import type { FicheDocument } from '../../../domain/model/documents.ts';
import { callApi } from '../../shared/http/api.ts';
import { asProblem } from '../../shared/http/problem.ts';
import { autosaveReducer, openAutosave } from './autosave.ts';
import { dropLocal, keepLocal, readLocal } from './local-copy.ts';

const PAUSE_MS = 800;
const RETRY_MS = 5_000;

export async function fetchDraft(id: string, signal?: AbortSignal): Promise<BrouillonDto> {
  return (await callApi<BrouillonDto>(`/brouillons/${id}`, signal === undefined ? {} : { signal })).json;
}

async function putDraft(id: string, document: FicheDocument, saveNumber: number): Promise<BrouillonDto> {
  const headers = { 'If-Match': `"${saveNumber}"` };
  return (await callApi<BrouillonDto>(`/brouillons/${id}`, { method: 'PUT', body: { document }, headers })).json;
}

/**
 * One draft being typed: saved 0.8 s after the last keystroke, kept on this device until the server has it, tried again
 * after a failure. `judged` is the server's last word on its rules and completeness.
 */
export function useDraft(loaded: BrouillonDto) {
  const { id } = loaded;
  const [judged, setJudged] = useState(loaded);
  const [state, dispatch] = useReducer(autosaveReducer, loaded, (it) => openAutosave(it, readLocal(it.id)));
  const current = useRef(state);
  current.current = state;
  const running = useRef<Promise<boolean>>(undefined);

  const saveOnce = useCallback(async (): Promise<boolean> => {
    const { document, saveNumber } = current.current;
    dispatch({ kind: 'sending' });
    try {
      const answer = await putDraft(id, document, saveNumber);
      setJudged({ ...answer, document });
      dispatch({ kind: 'saved', sent: document, saveNumber: answer.saveNumber, at: Date.now() });
      current.current = { ...current.current, saved: document, saveNumber: answer.saveNumber };
      return true;
    } catch (error) {
      if (asProblem(error)?.code === 'brouillon-perime') {
        const theirs = await fetchDraft(id).catch(() => undefined);
        if (theirs) dispatch({ kind: 'conflict', document: theirs.document, saveNumber: theirs.saveNumber });
        else dispatch({ kind: 'failed' });
        return false;
      }
      dispatch({ kind: 'failed' });
      return false;
    }
  }, [id]);

  const save = useCallback((): Promise<boolean> => {
    running.current ??= saveOnce().finally(() => {
      running.current = undefined;
    });
    return running.current;
  }, [saveOnce]);

  /** Saves until the server holds the last keystroke; false when it could not. */
  const flush = useCallback(async (): Promise<boolean> => {
    await running.current;
    for (let tries = 0; tries < 3 && current.current.document !== current.current.saved; tries++) {
      if (!(await save())) return false;
    }
    return true;
  }, [save]);

  useEffect(() => {
    if (state.phase === 'saved') dropLocal(id);
    else keepLocal(id, { document: state.document, saveNumber: state.saveNumber });
    if (state.phase !== 'dirty' && state.phase !== 'failed') return;
    const timer = setTimeout(() => void save(), state.phase === 'dirty' ? PAUSE_MS : RETRY_MS);
    return () => clearTimeout(timer);
  }, [id, state.phase, state.document, state.saveNumber, save]);

  const edit = useCallback(
    (change: (document: FicheDocument) => FicheDocument) => dispatch({ kind: 'edit', change }),
    [],
  );
  return { state, judged, edit, save, flush, dispatch };
}

export type Draft = ReturnType<typeof useDraft>;
