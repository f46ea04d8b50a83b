import { Button, Dialog, DialogActions, DialogContent, DialogTitle, TextField } from '@mui/material';
import { type ReactNode, useId, useState } from 'react';
import { useTranslate } from 'react-admin';
import { useAct } from './use-act.ts';

const REASON_MIN = 3;

interface Props {
  readonly path: string;
  readonly label: string;
  readonly title?: string;
  readonly color?: 'primary' | 'error' | 'warning';
  /** What is shown above the reason once the dialog is open. */
  readonly children?: ReactNode;
}

/** An act that needs a reason: a button, its dialog, and the call. */
export function ReasonButton({ path, label, title, color = 'primary', children }: Props) {
  const translate = useTranslate();
  const titleId = useId();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const { act, busy } = useAct();
  async function confirm() {
    if (await act(path, { method: 'POST', body: { reason: reason.trim() } })) setOpen(false);
  }
  return (
    <>
      <Button color={color} variant="outlined" onClick={() => setOpen(true)}>
        {translate(label)}
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} fullWidth maxWidth="md" aria-labelledby={titleId}>
        <DialogTitle id={titleId}>{title ?? translate(label)}</DialogTitle>
        <DialogContent>
          {open && children}
          <TextField
            sx={{ mt: 2 }}
            label={translate('diffusion.acts.reason')}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            required
            fullWidth
            multiline
            minRows={2}
          />
        </DialogContent>
        <DialogActions>
          <Button onClick={() => setOpen(false)}>{translate('diffusion.acts.cancel')}</Button>
          <Button
            variant="contained"
            color={color}
            disabled={busy || reason.trim().length < REASON_MIN}
            onClick={() => void confirm()}
          >
            {translate('diffusion.acts.confirm')}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
