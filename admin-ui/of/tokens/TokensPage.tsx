import DeleteOutlineIcon from '@mui/icons-material/DeleteOutlined';
import { Alert, Box, Button, IconButton, Stack, TextField, Typography } from '@mui/material';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Title, useNotify, useTranslate } from 'react-admin';
import type { z } from 'zod';
import { type TokenRowDto, tokenMade } from '../../../domain/contract/people.contract.ts';
import { callApi } from '../../shared/http/api.ts';
import { asProblem, noticeOf } from '../../shared/http/problem.ts';
import { LoadState } from '../../shared/parts/LoadState.tsx';
import { Panel } from '../../shared/parts/Panel.tsx';
import { useDates } from '../../shared/words/use-dates.ts';
import { NewToken } from './NewToken.tsx';

const DEFAULT_DAYS = 90;
type Made = z.infer<typeof tokenMade>;

/** Personal access tokens for the organisation's own software. */
export function TokensPage() {
  const translate = useTranslate();
  const notify = useNotify();
  const client = useQueryClient();
  const [label, setLabel] = useState('');
  const [days, setDays] = useState(DEFAULT_DAYS);
  const [made, setMade] = useState<Made>();
  const { data, error, refetch } = useQuery({
    queryKey: ['jetons'],
    queryFn: async ({ signal }) => (await callApi<TokenRowDto[]>('/tokens', { signal })).json,
  });
  async function act(work: () => Promise<void>) {
    try {
      await work();
      await client.invalidateQueries({ queryKey: ['jetons'] });
    } catch (refused) {
      const found = asProblem(refused);
      notify(found ? noticeOf(found.problem) : String(refused), { type: 'error' });
    }
  }
  const create = () =>
    act(async () => {
      setMade(
        tokenMade.parse((await callApi('/tokens', { method: 'POST', body: { label: label.trim(), days } })).json),
      );
      setLabel('');
    });
  const revoke = (id: string) =>
    act(async () => {
      await callApi(`/tokens/${id}`, { method: 'DELETE' });
      notify('of.token.revoked', { type: 'success' });
    });
  return (
    <Stack sx={{ gap: 2 }}>
      <Title title={translate('of.token.title')} />
      <Typography variant="h1">{translate('of.token.title')}</Typography>
      <Alert severity="info">{translate('of.token.intro')}</Alert>
      {made && <NewToken token={made.token} />}
      <Box
        component="form"
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
        sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}
      >
        <TextField
          label={translate('of.token.name')}
          value={label}
          onChange={({ target }) => setLabel(target.value)}
          required
        />
        <TextField
          type="number"
          label={translate('of.token.days')}
          value={days}
          onChange={({ target }) => setDays(Number(target.value))}
          slotProps={{ htmlInput: { min: 1, max: 365 } }}
        />
        <Button type="submit" variant="contained" disabled={label.trim() === ''}>
          {translate('of.token.create')}
        </Button>
      </Box>
      {data === undefined ? (
        <LoadState error={error} retry={refetch} />
      ) : (
        <Tokens rows={data} onRevoke={(id) => void revoke(id)} />
      )}
    </Stack>
  );
}

function Tokens({
  rows,
  onRevoke,
}: {
  readonly rows: readonly TokenRowDto[];
  readonly onRevoke: (id: string) => void;
}) {
  const translate = useTranslate();
  const { date } = useDates();
  if (rows.length === 0) return <Typography>{translate('of.token.none')}</Typography>;
  return rows.map(({ id, label, expiresAt, lastUsedAt }) => (
    <Panel key={id} title={label}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
        <Typography variant="body2" sx={{ flex: 1 }}>
          {translate('of.token.expires')} {date(expiresAt)} · {translate('of.token.lastUsed')}{' '}
          {lastUsedAt === null ? translate('of.token.never') : date(lastUsedAt)}
        </Typography>
        <IconButton aria-label={translate('of.token.revoke', { nom: label })} onClick={() => onRevoke(id)}>
          <DeleteOutlineIcon />
        </IconButton>
      </Box>
    </Panel>
  ));
}
