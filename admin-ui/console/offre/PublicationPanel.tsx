import { Box, Button, TextField, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { usePermissions, useTranslate } from 'react-admin';
import { callApi } from '../../shared/http/api.ts';
import { LoadState } from '../../shared/parts/LoadState.tsx';
import { Panel } from '../../shared/parts/Panel.tsx';
import { useAct } from '../releases/use-act.ts';

interface Settled {
  readonly release: number | null;
  readonly le: string | null;
}

/** What an administrator settles for one formation: the release whose version stays, the day before which it waits. */
export function PublicationPanel({ id, release }: { readonly id: string; readonly release: number | null }) {
  const translate = useTranslate();
  const { permissions } = usePermissions<string>();
  const { data, error, refetch } = useQuery({
    queryKey: ['formations', id, 'publication'],
    queryFn: async ({ signal }) => (await callApi<Settled>(`/formations/${id}/publication`, { signal })).json,
  });
  if (permissions !== 'administrateur') return null;
  return (
    <Panel title={translate('diffusion.settle.title')}>
      {data === undefined ? (
        <LoadState error={error} retry={() => void refetch()} />
      ) : (
        <>
          <Pin id={id} pinned={data.release} current={release} />
          <Day key={data.le ?? ''} id={id} le={data.le} />
        </>
      )}
    </Panel>
  );
}

interface PinProps {
  readonly id: string;
  readonly pinned: number | null;
  readonly current: number | null;
}

function Pin({ id, pinned, current }: PinProps) {
  const translate = useTranslate();
  const { act, busy } = useAct();
  const path = `/formations/${id}/pin`;
  const said =
    pinned !== null
      ? translate('diffusion.settle.pinned', { n: pinned })
      : translate(current === null ? 'diffusion.settle.unpublished' : 'diffusion.settle.free');
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, alignItems: 'center', mb: 1.5 }}>
      <Typography sx={{ flex: '1 1 320px' }}>{said}</Typography>
      {pinned === null && current !== null && (
        <Button
          variant="outlined"
          disabled={busy}
          onClick={() => void act(path, { method: 'PUT', body: { release: current } })}
        >
          {translate('diffusion.settle.pin')}
        </Button>
      )}
      <PinAt busy={busy} onPin={(release) => void act(path, { method: 'PUT', body: { release } })} />
      {pinned !== null && (
        <Button variant="outlined" disabled={busy} onClick={() => void act(path, { method: 'DELETE' })}>
          {translate('diffusion.settle.unpin')}
        </Button>
      )}
    </Box>
  );
}

/** Brings one formation back to what an earlier release showed of it. */
function PinAt({ busy, onPin }: { readonly busy: boolean; readonly onPin: (release: number) => void }) {
  const translate = useTranslate();
  const [typed, setTyped] = useState('');
  const release = Number(typed);
  return (
    <>
      <TextField
        type="number"
        size="small"
        label={translate('diffusion.settle.release')}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        slotProps={{ htmlInput: { min: 1 } }}
        sx={{ width: 180 }}
      />
      <Button
        variant="outlined"
        disabled={busy || !Number.isInteger(release) || release < 1}
        onClick={() => onPin(release)}
      >
        {translate('diffusion.settle.pinAt')}
      </Button>
    </>
  );
}

function Day({ id, le }: { readonly id: string; readonly le: string | null }) {
  const translate = useTranslate();
  const { act, busy } = useAct();
  const [day, setDay] = useState(le ?? '');
  const settle = (value: string | null) => act(`/formations/${id}/publication`, { method: 'PUT', body: { le: value } });
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, alignItems: 'center' }}>
      <Typography sx={{ flex: '1 1 320px' }}>
        {le === null ? translate('diffusion.settle.atOnce') : translate('diffusion.settle.waits', { le })}
      </Typography>
      <TextField
        type="date"
        size="small"
        label={translate('diffusion.settle.day')}
        value={day}
        onChange={({ target }) => setDay(target.value)}
        slotProps={{ inputLabel: { shrink: true } }}
      />
      <Button variant="outlined" disabled={busy || day === '' || day === le} onClick={() => void settle(day)}>
        {translate('diffusion.settle.set')}
      </Button>
      {le !== null && (
        <Button disabled={busy} onClick={() => void settle(null)}>
          {translate('diffusion.settle.clear')}
        </Button>
      )}
    </Box>
  );
}
