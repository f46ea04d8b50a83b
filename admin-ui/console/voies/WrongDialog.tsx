import { Button, Dialog, DialogActions, DialogContent, DialogTitle, TextField } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';

interface Props {
  readonly titre: string;
  readonly busy: boolean;
  readonly onClose: () => void;
  readonly onSay: (why: string) => void;
}

/** A lane approved wrongly: why, for whoever sets the lane. */
export function WrongDialog({ titre, busy, onClose, onSay }: Props) {
  const translate = useTranslate();
  const [why, setWhy] = useState('');
  return (
    <Dialog open onClose={onClose} aria-labelledby="fausse" fullWidth>
      <DialogTitle id="fausse">
        {translate('sofi.labelled', { label: translate('vie.voies.wrong'), value: titre })}
      </DialogTitle>
      <DialogContent>
        <TextField
          fullWidth
          multiline
          autoFocus
          label={translate('vie.voies.audit.why')}
          value={why}
          onChange={({ target }) => setWhy(target.value)}
          sx={{ mt: 1 }}
        />
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{translate('sofi.act.cancel')}</Button>
        <Button variant="contained" disabled={busy} onClick={() => onSay(why.trim())}>
          {translate('vie.voies.audit.say')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
