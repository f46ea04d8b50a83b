import { Box, Button, FormControlLabel, Switch, TextField } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { EscalationHours } from '../../../domain/model/escalation.ts';
import type { TwoVoices } from '../../../domain/model/two-voices.ts';
import { callApi } from '../../shared/http/api.ts';
import { LoadState } from '../../shared/parts/LoadState.tsx';
import { Panel } from '../../shared/parts/Panel.tsx';
import { useAct } from '../../shared/vie/use-act.ts';
import { SETTINGS_PATH, type Settings, useSettings } from './settings-query.ts';

const HOURS = ['amber', 'moderateurs', 'administrateurs'] as const;
const SWITCHES = ['retraitOrganisme', 'saisiePourOf'] as const;

/** When a promise escalates and what asks for two voices; an administrator's to set. */
export function SettingsPanel() {
  const translate = useTranslate();
  const { data, error, refetch } = useSettings();
  return (
    <Panel title={translate('vie.promesse.settings')}>
      {data === undefined ? <LoadState error={error} retry={refetch} /> : <Form saved={data} />}
    </Panel>
  );
}

function Form({ saved }: { readonly saved: Settings }) {
  const translate = useTranslate();
  const [{ escalade, deuxVoix }, setDraft] = useState(saved);
  const { act, busy } = useAct(['reglages']);
  const setHours = (change: Partial<EscalationHours>) => setDraft({ deuxVoix, escalade: { ...escalade, ...change } });
  const setVoices = (change: Partial<TwoVoices>) => setDraft({ escalade, deuxVoix: { ...deuxVoix, ...change } });
  const save = () => callApi(SETTINGS_PATH, { method: 'PUT', body: { escalade, deuxVoix } });
  return (
    <Box sx={{ display: 'grid', gap: 1.5, maxWidth: 640, mt: 1 }}>
      {HOURS.map((name) => (
        <TextField
          key={name}
          type="number"
          label={translate(`vie.promesse.${name}`)}
          value={escalade[name]}
          onChange={({ target }) => setHours({ [name]: Number(target.value) })}
        />
      ))}
      <TextField
        type="number"
        label={translate('vie.promesse.retraitSessions')}
        value={deuxVoix.retraitSessions ?? ''}
        onChange={({ target }) => setVoices({ retraitSessions: target.value === '' ? null : Number(target.value) })}
      />
      {SWITCHES.map((name) => (
        <FormControlLabel
          key={name}
          control={<Switch checked={deuxVoix[name]} onChange={(_event, on) => setVoices({ [name]: on })} />}
          label={translate(`vie.promesse.${name}`)}
        />
      ))}
      <Button
        variant="contained"
        disabled={busy}
        onClick={() => void act(save, 'vie.promesse.saved')}
        sx={{ justifySelf: 'start' }}
      >
        {translate('vie.promesse.save')}
      </Button>
    </Box>
  );
}
