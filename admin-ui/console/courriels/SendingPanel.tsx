import {
  Alert,
  Box,
  Button,
  Checkbox,
  FormControlLabel,
  FormGroup,
  Switch,
  TextField,
  Typography,
} from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { usePermissions, useTranslate } from 'react-admin';
import type { z } from 'zod';
import type { courrielFigures } from '../../../domain/contract/courriel.contract.ts';
import type { ParisDay } from '../../../domain/model/ids.ts';
import type { MailSettings } from '../../../domain/model/mail-settings.ts';
import { callApi } from '../../shared/http/api.ts';
import { LoadState } from '../../shared/parts/LoadState.tsx';
import { Panel } from '../../shared/parts/Panel.tsx';
import { useAct } from '../../shared/vie/use-act.ts';
import { useCount } from '../../shared/words/use-count.ts';

type Figures = z.infer<typeof courrielFigures>;
const SETTINGS = '/courriels/reglages';
const POLL_MS = 5_000;

/** How sending is doing, and for administrators its stop, its cap and its quiet days. */
export function SendingPanel() {
  const translate = useTranslate();
  const { data, error, refetch } = useQuery({
    queryKey: ['courriels', 'reglages'],
    queryFn: async ({ signal }) => (await callApi<MailSettings>(SETTINGS, { signal })).json,
  });
  return (
    <Panel title={translate('courriel.sending.title')}>
      <FiguresLine />
      {data?.arret && (
        <Alert severity="warning" sx={{ mb: 1 }}>
          {translate('courriel.sending.stopped')}
        </Alert>
      )}
      {data === undefined ? <LoadState error={error} retry={refetch} /> : <Form saved={data} />}
    </Panel>
  );
}

function FiguresLine() {
  const translate = useTranslate();
  const count = useCount();
  const { data } = useQuery({
    queryKey: ['courriels', 'chiffres'],
    queryFn: async ({ signal }) => (await callApi<Figures>('/courriels/chiffres', { signal })).json,
    refetchInterval: POLL_MS,
  });
  const of = (state: string) => data?.parEtat[state] ?? 0;
  const shown = [
    ['waiting', of('attente') + of('enCours')],
    ['hour', data?.derniereHeure ?? 0],
    ['gaveUp', of('abandonne')],
    ['unsure', of('incertain')],
  ] as const;
  return (
    <Box component="dl" sx={{ display: 'flex', flexWrap: 'wrap', gap: 3, m: 0, mb: 1.5 }}>
      {shown.map(([name, value]) => (
        <Box key={name}>
          <Typography component="dt" variant="body2" color="text.secondary">
            {translate(`courriel.sending.${name}`)}
          </Typography>
          <Typography component="dd" variant="h2" sx={{ m: 0 }}>
            {count(value)}
          </Typography>
        </Box>
      ))}
    </Box>
  );
}

const daysOf = (typed: string) =>
  typed
    .split(',')
    .map((day) => day.trim())
    .filter((day) => day !== '') as ParisDay[];

function Form({ saved }: { readonly saved: MailSettings }) {
  const translate = useTranslate();
  const { permissions } = usePermissions<string>();
  const [draft, setDraft] = useState(saved);
  const [dates, setDates] = useState(saved.calme.dates.join(', '));
  const { act, busy } = useAct(['courriels']);
  const locked = permissions !== 'administrateur';
  const save = (change: Partial<MailSettings> = {}) => {
    const next = { ...draft, ...change, calme: { ...draft.calme, dates: daysOf(dates) } };
    setDraft(next);
    return act(() => callApi(SETTINGS, { method: 'PUT', body: next }), 'courriel.sending.saved');
  };
  const setCalm = (change: Partial<MailSettings['calme']>) =>
    setDraft({ ...draft, calme: { ...draft.calme, ...change } });
  return (
    <Box sx={{ display: 'grid', gap: 1.5, maxWidth: 640 }}>
      <FormControlLabel
        control={
          <Switch checked={draft.arret} disabled={locked || busy} onChange={(_event, arret) => void save({ arret })} />
        }
        label={translate('courriel.sending.stop')}
      />
      <TextField
        type="number"
        label={translate('courriel.sending.cap')}
        value={draft.parHeure ?? ''}
        disabled={locked}
        slotProps={{ htmlInput: { min: 1 } }}
        onChange={({ target }) => setDraft({ ...draft, parHeure: target.value === '' ? null : Number(target.value) })}
      />
      <Box component="fieldset" sx={{ border: 0, p: 0, m: 0 }}>
        <Typography component="legend" variant="body2">
          {translate('courriel.sending.calm')}
        </Typography>
        <FormGroup row>
          {(['weekEnd', 'feries'] as const).map((name) => (
            <FormControlLabel
              key={name}
              control={
                <Checkbox
                  checked={draft.calme[name]}
                  disabled={locked}
                  onChange={(_event, on) => setCalm({ [name]: on })}
                />
              }
              label={translate(`courriel.sending.${name}`)}
            />
          ))}
        </FormGroup>
        <TextField
          fullWidth
          label={translate('courriel.sending.dates')}
          value={dates}
          disabled={locked}
          onChange={({ target }) => setDates(target.value)}
        />
      </Box>
      {!locked && (
        <Button variant="contained" disabled={busy} onClick={() => void save()} sx={{ justifySelf: 'start' }}>
          {translate('courriel.sending.save')}
        </Button>
      )}
    </Box>
  );
}
