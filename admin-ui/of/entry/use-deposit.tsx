import { Alert } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import type { SoumissionDto } from '../../../domain/contract/soumission.contract.ts';
import { callApi } from '../../shared/http/api.ts';
import { asProblem, noticeOf } from '../../shared/http/problem.ts';
import type { Draft } from './use-draft.ts';

/** Words for what became of a deposit. */
function outcomeOf(id: string, { id: answered, controles, statut }: SoumissionDto): string {
  if (statut === 'correctionsDemandees') return 'of.entry.sentBack';
  if (answered !== id) return 'of.entry.openReplaced';
  return controles === 'enCours' ? 'of.entry.depositedRunning' : 'of.entry.deposited';
}

/** Deposits a draft once its last keystroke is saved; blocking faults are mended first. */
export function useDeposit(id: string, draft: Draft, onDone: (id: string) => void) {
  const translate = useTranslate();
  const notify = useNotify();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [words, setWords] = useState<string>();

  async function send(blocked: boolean): Promise<void> {
    setWords(blocked ? translate('of.entry.refused') : undefined);
    if (blocked) return;
    setBusy(true);
    try {
      if (!(await draft.flush())) return;
      const { json } = await callApi<SoumissionDto>(`/brouillons/${id}/depot`, { method: 'POST', body: {} });
      client.removeQueries({ queryKey: ['brouillon', id] });
      await client.invalidateQueries({ queryKey: ['soumission'] });
      void client.invalidateQueries({ queryKey: ['mes-fiches'] });
      notify(outcomeOf(id, json), { type: json.statut === 'correctionsDemandees' ? 'warning' : 'success' });
      onDone(json.id);
    } catch (error) {
      const found = asProblem(error);
      if (found === undefined) throw error;
      setWords(noticeOf(found.problem));
    } finally {
      setBusy(false);
    }
  }

  const refusal =
    words === undefined ? null : (
      <Alert severity="error" sx={{ my: 1.5 }}>
        {words}
      </Alert>
    );
  return { busy, send, refusal };
}
