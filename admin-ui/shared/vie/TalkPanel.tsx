import { Box, Button, TextField, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { MessageDto } from '../../../domain/contract/vie.contract.ts';
import { callApi } from '../http/api.ts';
import { LoadState } from '../parts/LoadState.tsx';
import { Panel } from '../parts/Panel.tsx';
import { useDates } from '../words/use-dates.ts';
import { useAct } from './use-act.ts';

const POLL_MS = 15_000;

interface Props {
  readonly id: string;
  /** `notes` are the Cariforef's own. */
  readonly noun: 'messages' | 'notes';
}

/** What was written about a fiche, and where to write. */
export function TalkPanel({ id, noun }: Props) {
  const translate = useTranslate();
  const queryKey = ['soumission', id, noun];
  const { data, error, refetch } = useQuery({
    queryKey,
    queryFn: async ({ signal }) => (await callApi<MessageDto[]>(`/soumissions/${id}/${noun}`, { signal })).json,
    refetchInterval: POLL_MS,
  });
  return (
    <Panel title={translate(noun === 'notes' ? 'vie.messages.notes' : 'vie.messages.title')}>
      {data === undefined ? <LoadState error={error} retry={refetch} /> : <Written messages={data} />}
      <Write id={id} noun={noun} queryKey={queryKey} />
    </Panel>
  );
}

function Written({ messages }: { readonly messages: readonly MessageDto[] }) {
  const translate = useTranslate();
  const { dateTime } = useDates();
  if (messages.length === 0) return <Typography variant="body2">{translate('vie.messages.empty')}</Typography>;
  return (
    <Box component="ul" sx={{ listStyle: 'none', p: 0, m: 0 }}>
      {messages.map(({ id, by, at, message, kind }) => (
        <Box component="li" key={id} sx={{ mb: 1, overflowWrap: 'anywhere' }}>
          <Typography variant="body2" color="text.secondary">
            {by?.nom || translate(`sofi.role.${by?.role ?? 'systeme'}`)} · {dateTime(at)}
            {kind === 'objection' ? ` · ${translate('vie.messages.objection')}` : ''}
          </Typography>
          <Typography variant="body2" sx={{ whiteSpace: 'pre-wrap' }}>
            {message}
          </Typography>
        </Box>
      ))}
    </Box>
  );
}

function Write({ id, noun, queryKey }: Props & { readonly queryKey: readonly unknown[] }) {
  const translate = useTranslate();
  const [typed, setTyped] = useState('');
  const { act, busy } = useAct(queryKey, ['soumission', id]);
  const message = typed.trim();
  async function send() {
    const post = () => callApi(`/soumissions/${id}/${noun}`, { method: 'POST', body: { message } });
    if (message !== '' && (await act(post, 'vie.messages.sent'))) setTyped('');
  }
  return (
    <Box
      component="form"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
      sx={{ display: 'flex', gap: 1, alignItems: 'flex-start', mt: 1 }}
    >
      <TextField
        fullWidth
        multiline
        label={translate(noun === 'notes' ? 'vie.messages.writeNote' : 'vie.messages.write')}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
      <Button type="submit" variant="outlined" disabled={busy || message === ''}>
        {translate('vie.messages.send')}
      </Button>
    </Box>
  );
}
