import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify } from 'react-admin';
import { asProblem, noticeOf } from '../http/problem.ts';

/** One act at a time: `act` tells what was done or why not, asks again for what the page shows, and answers whether it was done. */
export function useAct(...invalidates: readonly (readonly unknown[])[]) {
  const client = useQueryClient();
  const notify = useNotify();
  const [busy, setBusy] = useState(false);
  async function act(work: () => Promise<unknown>, done?: string): Promise<boolean> {
    setBusy(true);
    try {
      await work();
      if (done !== undefined) notify(done, { type: 'success' });
      return true;
    } catch (error) {
      const found = asProblem(error);
      notify(found ? noticeOf(found.problem) : String(error), { type: 'error' });
      return false;
    } finally {
      setBusy(false);
      await Promise.all(invalidates.map((queryKey) => client.invalidateQueries({ queryKey: [...queryKey] })));
    }
  }
  return { act, busy };
}
