import { Alert, Button, Dialog, DialogActions, DialogContent, DialogTitle, TextField, Typography } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import type { SoumissionDto } from '../../../domain/contract/soumission.contract.ts';
import { callApi } from '../../shared/http/api.ts';
import { asProblem, noticeOf } from '../../shared/http/problem.ts';

/** Withdraws a soumission, after saying what that does; hidden when it is impossible. */
export function WithdrawButton({ soumission: { id, allowed } }: { readonly soumission: SoumissionDto }) {
  const translate = useTranslate();
  const notify = useNotify();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const [motif, setMotif] = useState('');
  const [refusal, setRefusal] = useState<string>();
  if (!allowed.includes('retirer')) return null;
  async function withdraw() {
    setRefusal(undefined);
    try {
      const body = motif.trim() === '' ? {} : { motif: motif.trim() };
      await callApi(`/soumissions/${id}/retrait`, { method: 'POST', body });
      notify('of.follow.withdrawn', { type: 'success' });
      setOpen(false);
      await client.invalidateQueries({ queryKey: ['soumission', id] });
      void client.invalidateQueries({ queryKey: ['mes-fiches'] });
    } catch (error) {
      const found = asProblem(error);
      setRefusal(found ? noticeOf(found.problem) : String(error));
    }
  }
  return (
    <>
      <Button color="error" onClick={() => setOpen(true)}>
        {translate('of.follow.withdraw')}
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} aria-labelledby="retrait">
        <DialogTitle id="retrait">{translate('of.follow.withdraw')}</DialogTitle>
        <DialogContent>
          <Typography sx={{ mb: 2 }}>{translate('of.follow.withdrawAsk')}</Typography>
          <TextField
            fullWidth
            multiline
            label={translate('of.follow.motif')}
            value={motif}
            onChange={({ target }) => setMotif(target.value)}
          />
          {refusal !== undefined && <Alert severity="error">{refusal}</Alert>}
        </DialogContent>
        <DialogActions>
          <Button onClick={() => setOpen(false)}>{translate('sofi.act.cancel')}</Button>
          <Button color="error" variant="contained" onClick={() => void withdraw()}>
            {translate('of.follow.withdraw')}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
