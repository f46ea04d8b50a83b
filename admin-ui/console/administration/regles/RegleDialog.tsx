import {
  Alert,
  Box,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  FormControlLabel,
  MenuItem,
  Switch,
  TextField,
  Typography,
} from '@mui/material';
import { useState } from 'react';
import { useNotify, useRefresh, useTranslate } from 'react-admin';
import type { RegleDto } from '../../../../domain/contract/regle.contract.ts';
import type { InstantMs } from '../../../../domain/model/ids.ts';
import { parisDayOf } from '../../../../domain/model/paris-time.ts';
import { GRAVITIES, type Severities } from '../../../../domain/model/rules/settings.ts';
import { CHANNELS, type Channel } from '../../../../domain/model/vocabulary.ts';
import { callApi } from '../../../shared/http/api.ts';
import { asProblem, noticeOf } from '../../../shared/http/problem.ts';
import { useLang } from '../../../shared/words/use-lang.ts';
import { SettingHistory } from './SettingHistory.tsx';
import { TrialResult } from './TrialResult.tsx';
import { TRIAL_DAYS, useTrial } from './use-trial.ts';

const MIN_REASON = 3;

/** Sets one rule: tried on past soumissions first, then kept with its day and its reason. */
export function RegleDialog({ regle, onClose }: { readonly regle: RegleDto; readonly onClose: () => void }) {
  const translate = useTranslate();
  const notify = useNotify();
  const refresh = useRefresh();
  const lang = useLang();
  const [severity, setSeverity] = useState<Severities>(regle.severity);
  const [twoPeople, setTwoPeople] = useState(regle.twoPeople);
  const [activeFrom, setActiveFrom] = useState<string>(parisDayOf(Date.now() as InstantMs));
  const [reason, setReason] = useState('');
  const [refusal, setRefusal] = useState<string>();
  const trial = useTrial(regle.id);
  const fixed = regle.catalogue.flux === 'blocking';
  const tried = trial.state?.done === true;

  async function save(): Promise<void> {
    try {
      const body = { version: regle.latest, severity, twoPeople, activeFrom, reason: reason.trim() };
      await callApi(`/regles/${regle.id}`, { method: 'PUT', body });
      notify('suivi.regle.saved', { type: 'success' });
      refresh();
      onClose();
    } catch (error) {
      const found = asProblem(error);
      if (found === undefined) throw error;
      setRefusal(found.code === 'version-perimee' ? translate('suivi.regle.stale') : noticeOf(found.problem));
    }
  }
  const set = (channel: Channel, gravity: string) => {
    const found = GRAVITIES.find((one) => one === gravity);
    if (found !== undefined) setSeverity({ ...severity, [channel]: found });
    trial.forget();
  };

  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="md" aria-labelledby="reglage">
      <DialogTitle id="reglage">{translate('suivi.regle.title', { id: regle.id })}</DialogTitle>
      <DialogContent>
        <Typography sx={{ mb: 2 }}>{regle.sentence[lang]}</Typography>
        {fixed && <Alert severity="info">{translate('suivi.regle.fixed')}</Alert>}
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, my: 2 }}>
          {CHANNELS.map((channel) => (
            <GravityField
              key={channel}
              channel={channel}
              regle={regle}
              value={severity[channel]}
              disabled={fixed}
              onChange={(gravity) => set(channel, gravity)}
            />
          ))}
        </Box>
        <FormControlLabel
          control={<Switch checked={twoPeople} onChange={(_event, on) => setTwoPeople(on)} />}
          label={translate('suivi.regle.twoPeople')}
        />
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, my: 2 }}>
          <TextField
            type="date"
            label={translate('suivi.regle.activeFrom')}
            value={activeFrom}
            onChange={({ target }) => setActiveFrom(target.value)}
            slotProps={{ inputLabel: { shrink: true } }}
          />
          <TextField
            label={translate('suivi.regle.reason')}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
            sx={{ flex: 1, minWidth: 260 }}
          />
        </Box>
        <Button variant="outlined" onClick={() => void trial.run(severity)}>
          {translate('suivi.regle.try', { days: TRIAL_DAYS })}
        </Button>
        {trial.state === undefined ? (
          <Typography color="text.secondary">{translate('suivi.regle.tryFirst')}</Typography>
        ) : (
          <TrialResult trial={trial.state} />
        )}
        <SettingHistory regle={regle} />
        {refusal !== undefined && <Alert severity="error">{refusal}</Alert>}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{translate('sofi.act.close')}</Button>
        <Button
          variant="contained"
          disabled={!tried || reason.trim().length < MIN_REASON || activeFrom === ''}
          onClick={() => void save()}
        >
          {translate('suivi.regle.save')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

interface GravityProps {
  readonly channel: Channel;
  readonly regle: RegleDto;
  readonly value: string;
  readonly disabled: boolean;
  readonly onChange: (gravity: string) => void;
}

/** What the rule does on one channel; what the design forbids is not offered. */
function GravityField({ channel, regle, value, disabled, onChange }: GravityProps) {
  const translate = useTranslate();
  const barred = channel === 'flux' && regle.catalogue.flux !== 'blocking';
  return (
    <TextField
      select
      label={translate(`sofi.source.${channel}`)}
      value={value}
      disabled={disabled}
      onChange={({ target }) => onChange(target.value)}
      helperText={barred ? translate('suivi.regle.flux') : ' '}
      sx={{ minWidth: 180, maxWidth: 260 }}
    >
      {GRAVITIES.map((gravity) => (
        <MenuItem key={gravity} value={gravity} disabled={barred && gravity === 'blocking'}>
          {translate(`suivi.regle.gravity.${gravity}`)}
        </MenuItem>
      ))}
    </TextField>
  );
}
