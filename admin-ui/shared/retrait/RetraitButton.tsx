import {
  Alert,
  Button,
  Checkbox,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  FormControlLabel,
  TextField,
} from '@mui/material';
import { useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import { useNavigate } from 'react-router';
import type { SoumissionDto } from '../../../domain/contract/soumission.contract.ts';
import { callApi } from '../http/api.ts';
import { asProblem, noticeOf } from '../http/problem.ts';

const MIN_MOTIF = 3;

interface Props {
  readonly noun: 'formations' | 'organismes';
  readonly id: string;
  readonly name: string;
  /** True for who may withdraw at once, with a release of its own. */
  readonly mayUrge: boolean;
}

/** Takes an accepted fiche out of the offer: a soumission of kind `withdrawal`, whose page opens. */
export function RetraitButton(props: Props) {
  const translate = useTranslate();
  const [open, setOpen] = useState(false);
  const label = translate('vie.retrait.act');
  return (
    <>
      <Button color="error" onClick={() => setOpen(true)} aria-label={`${label} : ${props.name}`}>
        {label}
      </Button>
      {open && <RetraitDialog {...props} onClose={() => setOpen(false)} />}
    </>
  );
}

function RetraitDialog({ noun, id, name, mayUrge, onClose }: Props & { readonly onClose: () => void }) {
  const translate = useTranslate();
  const notify = useNotify();
  const navigate = useNavigate();
  const [motif, setMotif] = useState('');
  const [urgence, setUrgence] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  async function withdraw(): Promise<void> {
    setBusy(true);
    setRefusal(undefined);
    try {
      const body = { motif: motif.trim(), ...(urgence ? { urgence } : {}) };
      const { json } = await callApi<SoumissionDto>(`/${noun}/${id}/retrait`, { method: 'POST', body });
      notify(urgence ? 'vie.retrait.doneUrgent' : 'vie.retrait.done', { type: 'success' });
      await navigate(`/soumissions/${json.id}`);
    } catch (error) {
      const found = asProblem(error);
      if (found === undefined) throw error;
      setRefusal(noticeOf(found.problem));
    } finally {
      setBusy(false);
    }
  }
  return (
    <Dialog open onClose={onClose} aria-labelledby="retrait-offre" fullWidth>
      <DialogTitle id="retrait-offre" sx={{ overflowWrap: 'anywhere' }}>
        {translate('sofi.labelled', { label: translate('vie.retrait.act'), value: name })}
      </DialogTitle>
      <DialogContent sx={{ display: 'grid', gap: 1.5 }}>
        <Alert severity="info">{translate(`vie.retrait.${noun}`)}</Alert>
        <TextField
          required
          multiline
          autoFocus
          label={translate('vie.retrait.motif')}
          value={motif}
          onChange={({ target }) => setMotif(target.value)}
        />
        {mayUrge && (
          <FormControlLabel
            control={<Checkbox checked={urgence} onChange={(_event, on) => setUrgence(on)} />}
            label={translate('vie.retrait.urgence')}
          />
        )}
        {refusal !== undefined && <Alert severity="error">{refusal}</Alert>}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{translate('sofi.act.cancel')}</Button>
        <Button
          color="error"
          variant="contained"
          disabled={busy || motif.trim().length < MIN_MOTIF}
          onClick={() => void withdraw()}
        >
          {translate('vie.retrait.act')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
