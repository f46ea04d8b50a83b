import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify } from 'react-admin';
import { useNavigate } from 'react-router';
import type { BrouillonDto } from '../../../domain/contract/brouillon.contract.ts';
import { callApi } from '../../shared/http/api.ts';
import { asProblem, noticeOf } from '../../shared/http/problem.ts';

/** Makes a draft on the server and opens its entry. */
export function useCreateDraft() {
  const navigate = useNavigate();
  const notify = useNotify();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  async function create(path: string, body: unknown): Promise<void> {
    setBusy(true);
    try {
      const { json } = await callApi<BrouillonDto>(path, { method: 'POST', body });
      await client.invalidateQueries({ queryKey: ['mes-fiches'] });
      void navigate(`/saisie/${json.id}`);
    } catch (error) {
      const found = asProblem(error);
      notify(found ? noticeOf(found.problem) : String(error), { type: 'error' });
    } finally {
      setBusy(false);
    }
  }
  return { busy, create };
}
