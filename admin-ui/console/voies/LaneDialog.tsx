import {
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  FormControlLabel,
  Switch,
  TextField,
} from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { VoieDto } from '../../../domain/contract/vie.contract.ts';
import { callApi } from '../../shared/http/api.ts';
import { useAct } from '../../shared/vie/use-act.ts';
import { useLang } from '../../shared/words/use-lang.ts';
import { laneFieldLabel } from './lane-fields.ts';

const NUMBERS = ['auditPourcent', 'approbations', 'fenetreJours'] as const;
const LIMITS = ['jours', 'retraits'] as const;

function bodyOf({ libelle, champs, jours, retraits, actif, auditPourcent, approbations, fenetreJours }: VoieDto) {
  const own = champs.map((one) => one.trim()).filter((one) => one !== '');
  return { libelle, champs: own, jours, retraits, actif, auditPourcent, approbations, fenetreJours };
}

/** An administrator sets a lane; its next version starts with the next checks. */
export function LaneDialog({ lane, onClose }: { readonly lane: VoieDto; readonly onClose: () => void }) {
  const translate = useTranslate();
  const lang = useLang();
  const [draft, setDraft] = useState(lane);
  const { act, busy } = useAct(['voies']);
  const set = (change: Partial<VoieDto>) => setDraft({ ...draft, ...change });
  const save = () => callApi(`/voies/${lane.id}`, { method: 'PUT', body: bodyOf(draft) });
  return (
    <Dialog open onClose={onClose} aria-labelledby="voie" fullWidth>
      <DialogTitle id="voie">{lane.libelle[lang]}</DialogTitle>
      <DialogContent sx={{ display: 'grid', gap: 1.5 }}>
        <TextField
          label={translate('vie.voies.champs')}
          value={draft.champs.join('\n')}
          onChange={({ target }) => set({ champs: target.value.split('\n') })}
          multiline
          helperText={draft.champs
            .filter((champ) => champ.trim() !== '')
            .map((champ) => laneFieldLabel(champ.trim(), lang))
            .join(', ')}
          sx={{ mt: 1 }}
        />
        {LIMITS.map((name) => (
          <TextField
            key={name}
            type="number"
            label={translate(`vie.voies.${name}`)}
            helperText={translate(`vie.voies.empty.${name}`)}
            value={draft[name] ?? ''}
            onChange={({ target }) => set({ [name]: target.value === '' ? null : Number(target.value) })}
          />
        ))}
        {NUMBERS.map((name) => (
          <TextField
            key={name}
            type="number"
            label={translate(`vie.voies.${name}`)}
            value={draft[name]}
            onChange={({ target }) => set({ [name]: Number(target.value) })}
          />
        ))}
        <FormControlLabel
          control={<Switch checked={draft.actif} onChange={(_event, actif) => set({ actif })} />}
          label={translate('vie.voies.actif')}
        />
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{translate('sofi.act.cancel')}</Button>
        <Button
          variant="contained"
          disabled={busy}
          onClick={() => void act(save, 'vie.voies.saved').then((done) => done && onClose())}
        >
          {translate('vie.voies.save')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
