import { Button, Stack, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { Title, usePermissions, useTranslate } from 'react-admin';
import type { z } from 'zod';
import type { horaire } from '../../../domain/contract/release.contract.ts';
import { callApi } from '../../shared/http/api.ts';
import { LoadState } from '../../shared/parts/LoadState.tsx';
import { Panel } from '../../shared/parts/Panel.tsx';
import { useDates } from '../../shared/words/use-dates.ts';
import { ReasonButton } from './ReasonButton.tsx';
import { useAct } from './use-act.ts';

type Horaire = z.infer<typeof horaire>;
const POLL_MS = 10_000;

/** What runs by itself: when next, in words; an administrator pauses it or runs it now. */
export function HorairesPage() {
  const translate = useTranslate();
  const { data, error, refetch } = useQuery({
    queryKey: ['horaires'],
    queryFn: async () => (await callApi<Horaire[]>('/horaires')).json,
    refetchInterval: POLL_MS,
  });
  return (
    <>
      <Title title={translate('diffusion.horaires.title')} />
      <Typography variant="h1" sx={{ mb: 1.5 }}>
        {translate('diffusion.horaires.title')}
      </Typography>
      {data === undefined ? (
        <LoadState error={error} retry={() => void refetch()} />
      ) : (
        <Stack spacing={2}>
          {data.map((one) => (
            <OneHoraire key={one.id} {...one} />
          ))}
        </Stack>
      )}
    </>
  );
}

function OneHoraire({ id, paused, note, next, last }: Horaire) {
  const translate = useTranslate();
  const { dateTime } = useDates();
  const { permissions } = usePermissions<string>();
  const { act, busy } = useAct();
  const [soonest] = next;
  const when = soonest === undefined ? undefined : dateTime(soonest);
  return (
    <Panel title={translate(`diffusion.horaires.names.${id}`, { _: id })}>
      <Typography>
        {paused
          ? `${translate('diffusion.horaires.paused')}${note === null || note === '' ? '' : ` : ${note}`}`
          : when === undefined
            ? translate('diffusion.horaires.none')
            : translate('diffusion.horaires.next', { when })}
      </Typography>
      <Typography>
        {last === null
          ? translate('diffusion.horaires.never')
          : translate('diffusion.horaires.last', { when: dateTime(last) })}
      </Typography>
      {permissions === 'administrateur' && (
        <Stack direction="row" spacing={1} sx={{ mt: 1 }}>
          {paused ? (
            <Button
              variant="outlined"
              disabled={busy}
              onClick={() => void act(`/horaires/${id}/resume`, { method: 'POST', body: {} })}
            >
              {translate('diffusion.acts.resume')}
            </Button>
          ) : (
            <ReasonButton path={`/horaires/${id}/pause`} label="diffusion.acts.pause" />
          )}
          <Button
            variant="outlined"
            disabled={busy}
            onClick={() => void act(`/horaires/${id}/run`, { method: 'POST', body: {} })}
          >
            {translate('diffusion.horaires.run')}
          </Button>
        </Stack>
      )}
    </Panel>
  );
}
