import { Button, LinearProgress, Stack, Typography } from '@mui/material';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslate } from 'react-admin';
import type { DemoClock } from '../../../domain/contract/fraicheur.contract.ts';
import { callApi } from '../../shared/http/api.ts';
import { Panel } from '../../shared/parts/Panel.tsx';
import { useAct } from '../../shared/vie/use-act.ts';
import { useDates } from '../../shared/words/use-dates.ts';

const KEY = ['horloge'];
const DAYS = 30;
const POLL_MS = 1_000;

/** The demo's clock and its button; nothing outside the demo, where the API knows no such address. */
export function ClockPanel() {
  const translate = useTranslate();
  const { date } = useDates();
  const client = useQueryClient();
  const { act, busy } = useAct(KEY);
  const { data } = useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }) => (await callApi<DemoClock>('/demo/clock', { signal })).json,
    retry: false,
    refetchInterval: (query) => (query.state.data?.run?.state === 'running' ? POLL_MS : false),
  });
  const state = data?.run?.state;
  useEffect(() => {
    if (state === 'done') void client.invalidateQueries();
  }, [state, client]);
  if (data === undefined) return null;
  const { jour, avance, run } = data;
  const running = run?.state === 'running';
  const forward = () => act(() => callApi('/demo/clock', { method: 'POST', body: { days: DAYS } }));
  return (
    <Panel title={translate('fraicheur.clock.title')}>
      <Stack sx={{ gap: 1, alignItems: 'flex-start' }}>
        <Typography>
          {translate('fraicheur.clock.day', { jour: date(jour) })}
          {avance > 0 && ` · ${translate('fraicheur.clock.ahead', { smart_count: avance })}`}
        </Typography>
        <Typography variant="body2" color="text.secondary">
          {translate('fraicheur.clock.help')}
        </Typography>
        <Button variant="contained" disabled={busy || running} onClick={() => void forward()}>
          {translate('fraicheur.clock.go')}
        </Button>
        {running && (
          <Stack role="status" sx={{ width: '100%', gap: 0.5 }}>
            {translate('fraicheur.clock.running', { faits: run.faits, jours: run.jours, jour: date(jour) })}
            <LinearProgress
              variant="determinate"
              value={(100 * run.faits) / run.jours}
              aria-label={translate('fraicheur.clock.title')}
            />
          </Stack>
        )}
        {(state === 'done' || state === 'failed') && (
          <Typography role="status">{translate(`fraicheur.clock.${state}`)}</Typography>
        )}
      </Stack>
    </Panel>
  );
}
