import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify } from 'react-admin';
import { type Call, callApi } from '../../shared/http/api.ts';
import { asProblem, noticeOf } from '../../shared/http/problem.ts';

/** Posts an act on publication, says how it went, and has what it moved read again; answers whether it was done. */
export function useAct() {
  const notify = useNotify();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  async function act(path: string, call: Call): Promise<boolean> {
    setBusy(true);
    try {
      await callApi(path, call);
      notify('diffusion.acts.done', { type: 'success' });
      await client.invalidateQueries();
      return true;
    } catch (error) {
      const found = asProblem(error);
      notify(found ? noticeOf(found.problem) : String(error), { type: 'error' });
      return false;
    } finally {
      setBusy(false);
    }
  }
  return { act, busy };
}
