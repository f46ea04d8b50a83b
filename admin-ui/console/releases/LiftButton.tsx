import { Button, Dialog, DialogActions, DialogContent, DialogTitle, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslate } from 'react-admin';
import type { z } from 'zod';
import type { release } from '../../../domain/contract/release.contract.ts';
import { callApi } from '../../shared/http/api.ts';
import { LoadState } from '../../shared/parts/LoadState.tsx';
import { DifferencePanel } from './DifferencePanel.tsx';
import { useAct } from './use-act.ts';

type Release = z.infer<typeof release>;
const PREPARED = new URLSearchParams({
  filter: JSON.stringify({ state: ['held', 'tried'] }),
  range: JSON.stringify([0, 0]),
  sort: JSON.stringify(['n', 'DESC']),
});

/** Lets publication go on after a roll-back, once it is seen what the next release would move. */
export function LiftButton({ since }: { readonly since: number }) {
  const translate = useTranslate();
  const titleId = useId();
  const { act, busy } = useAct();
  const [open, setOpen] = useState(false);
  async function lift() {
    if (await act('/releases/hold', { method: 'DELETE' })) setOpen(false);
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>{translate('diffusion.health.lift')}</Button>
      <Dialog open={open} onClose={() => setOpen(false)} fullWidth maxWidth="md" aria-labelledby={titleId}>
        <DialogTitle id={titleId}>{translate('diffusion.health.lift')}</DialogTitle>
        <DialogContent>{open && <Prepared since={since} />}</DialogContent>
        <DialogActions>
          <Button onClick={() => setOpen(false)}>{translate('diffusion.acts.cancel')}</Button>
          <Button variant="contained" disabled={busy} onClick={() => void lift()}>
            {translate('diffusion.acts.confirm')}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}

/** The newest release that was prepared since the roll-back. */
function Prepared({ since }: { readonly since: number }) {
  const translate = useTranslate();
  const { data, error, refetch } = useQuery({
    queryKey: ['releases', 'prepared'],
    queryFn: async () => (await callApi<Release[]>(`/releases?${PREPARED}`)).json,
  });
  if (data === undefined) return <LoadState error={error} retry={() => void refetch()} />;
  const newest = data.find(({ n }) => n > since);
  if (newest === undefined) return <Typography>{translate('diffusion.health.unprepared')}</Typography>;
  return (
    <>
      <Typography>{translate('diffusion.health.prepared', { n: newest.n })}</Typography>
      <DifferencePanel n={newest.n} difference={newest.difference} />
    </>
  );
}
