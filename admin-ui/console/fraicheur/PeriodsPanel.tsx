import { Alert, Box, Button, FormControlLabel, Stack, Switch, TextField, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { EssaiFraicheur } from '../../../domain/contract/fraicheur.contract.ts';
import type { FreshnessSettings } from '../../../domain/model/fraicheur/settings.ts';
import { callApi } from '../../shared/http/api.ts';
import { LoadState } from '../../shared/parts/LoadState.tsx';
import { Panel } from '../../shared/parts/Panel.tsx';
import { useAct } from '../../shared/vie/use-act.ts';
import { useDates } from '../../shared/words/use-dates.ts';

const KEY = ['fraicheur', 'reglages'];
const PATH = '/fraicheur/reglages';
const STAGES = ['aConfirmer', 'rappel1', 'rappel2', 'marquee', 'retiree', 'archivee'] as const;
const KINDS = ['datee', 'permanente', 'distance'] as const;
const OTHERS = ['avantDebut', 'repit'] as const;

/** The periods, tried on the present offer before they are switched on; an administrator's to set. */
export function PeriodsPanel({ mayWrite }: { readonly mayWrite: boolean }) {
  const translate = useTranslate();
  const { data, error, refetch } = useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }) => (await callApi<FreshnessSettings>(PATH, { signal })).json,
    refetchOnWindowFocus: false,
  });
  return (
    <Panel title={translate('fraicheur.settings.title')}>
      {data === undefined ? <LoadState error={error} retry={refetch} /> : <Form saved={data} mayWrite={mayWrite} />}
    </Panel>
  );
}

interface DaysProps {
  readonly label: string;
  readonly value: number;
  readonly disabled: boolean;
  readonly change: (value: number) => void;
}

function Days({ label, value, disabled, change }: DaysProps) {
  return (
    <TextField
      type="number"
      size="small"
      label={label}
      value={value}
      disabled={disabled}
      sx={{ width: 190 }}
      onChange={({ target }) => change(Number.parseInt(target.value, 10) || 0)}
    />
  );
}

function Form({ saved, mayWrite }: { readonly saved: FreshnessSettings; readonly mayWrite: boolean }) {
  const translate = useTranslate();
  const [draft, setDraft] = useState(saved);
  const [tried, setTried] = useState<EssaiFraicheur>();
  const { act, busy } = useAct(KEY);
  const set = (change: Partial<FreshnessSettings>) => setDraft({ ...draft, ...change });
  const label = (name: string) => translate(`fraicheur.settings.${name}`);
  const attempt = () =>
    act(async () => {
      const call = { method: 'POST', body: { reglages: draft } } as const;
      setTried((await callApi<EssaiFraicheur>('/fraicheur/essai', call)).json);
    });
  const save = () => act(() => callApi(PATH, { method: 'PUT', body: draft }), 'fraicheur.settings.saved');
  const row = { display: 'flex', flexWrap: 'wrap', gap: 1.5 } as const;
  return (
    <Stack sx={{ gap: 2 }}>
      <FormControlLabel
        label={label('on')}
        disabled={!mayWrite}
        control={<Switch checked={draft.actif} onChange={({ target }) => set({ actif: target.checked })} />}
      />
      <Typography variant="h3" sx={{ fontSize: '1rem' }}>
        {label('etapes')}
      </Typography>
      <Box sx={row}>
        {STAGES.map((stage) => (
          <Days
            key={stage}
            label={label(stage)}
            value={draft.etapes[stage]}
            disabled={!mayWrite}
            change={(value) => set({ etapes: { ...draft.etapes, [stage]: value } })}
          />
        ))}
      </Box>
      <Typography variant="h3" sx={{ fontSize: '1rem' }}>
        {label('periodes')}
      </Typography>
      <Box sx={row}>
        {KINDS.map((kind) => (
          <Days
            key={kind}
            label={label(kind)}
            value={draft.periodes[kind]}
            disabled={!mayWrite}
            change={(value) => set({ periodes: { ...draft.periodes, [kind]: value } })}
          />
        ))}
        {OTHERS.map((name) => (
          <Days
            key={name}
            label={label(name)}
            value={draft[name]}
            disabled={!mayWrite}
            change={(value) => set({ [name]: value })}
          />
        ))}
      </Box>
      {tried !== undefined && <Tried trial={tried} />}
      <Box sx={row}>
        <Button variant="outlined" disabled={busy} onClick={() => void attempt()}>
          {label('try')}
        </Button>
        {mayWrite && (
          <Button variant="contained" disabled={busy} onClick={() => void save()}>
            {label('save')}
          </Button>
        )}
      </Box>
    </Stack>
  );
}

function Tried({ trial: { aujourdhui, sous30Jours } }: { readonly trial: EssaiFraicheur }) {
  const translate = useTranslate();
  const { date } = useDates();
  return (
    <Alert severity="info" role="status">
      <div>{translate('fraicheur.settings.today', { ...aujourdhui })}</div>
      <div>{translate('fraicheur.settings.later', { ...sous30Jours, jour: date(sous30Jours.jour) })}</div>
    </Alert>
  );
}
