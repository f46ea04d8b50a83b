import { Button } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Confirm, useNotify, useTranslate } from 'react-admin';
import { callApi } from '../../shared/http/api.ts';
import { asProblem, noticeOf } from '../../shared/http/problem.ts';
import { dropLocal } from '../entry/local-copy.ts';

/** Gives up a draft, after asking. */
export function GiveUpButton({ id, name }: { readonly id: string; readonly name: string }) {
  const translate = useTranslate();
  const notify = useNotify();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const label = translate('of.home.giveUp');
  async function giveUp() {
    setOpen(false);
    try {
      await callApi(`/brouillons/${id}`, { method: 'DELETE' });
      dropLocal(id);
      notify('of.home.givenUp', { type: 'success' });
      await client.invalidateQueries({ queryKey: ['mes-fiches'] });
    } catch (error) {
      const found = asProblem(error);
      notify(found ? noticeOf(found.problem) : String(error), { type: 'error' });
    }
  }
  return (
    <>
      <Button color="error" onClick={() => setOpen(true)} aria-label={`${label} : ${name}`}>
        {label}
      </Button>
      <Confirm
        isOpen={open}
        title={`${label} : ${name}`}
        content="of.home.giveUpAsk"
        confirm="sofi.act.confirm"
        cancel="sofi.act.cancel"
        onConfirm={() => void giveUp()}
        onClose={() => setOpen(false)}
      />
    </>
  );
}
