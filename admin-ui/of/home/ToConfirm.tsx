import { Box, Button, Stack, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useNotify, useTranslate } from 'react-admin';
import type { SessionFraicheur } from '../../../domain/contract/fraicheur.contract.ts';
import { useSessionDates } from '../../shared/fraicheur/session-words.ts';
import { callApi } from '../../shared/http/api.ts';
import { Panel } from '../../shared/parts/Panel.tsx';
import { useAct } from '../../shared/vie/use-act.ts';
import { useDates } from '../../shared/words/use-dates.ts';
import { useCreateDraft } from './use-create-draft.ts';

const KEY = ['fraicheur'];
const STAGES = ['aConfirmer', 'rappel1', 'rappel2', 'marquee', 'retiree'];
const CAUSES = ['recrutementOuvert', 'debutProche', 'permanente', 'fiche', 'certification', 'adresse'];
const SHOWN = 20;

const asked = new URLSearchParams({
  filter: JSON.stringify({ stade: STAGES, cause: CAUSES }),
  range: JSON.stringify([0, SHOWN - 1]),
  sort: JSON.stringify(['stade', 'DESC']),
});

async function readWaiting(signal: AbortSignal) {
  const { json, headers } = await callApi<SessionFraicheur[]>(`/fraicheur?${asked}`, { signal });
  return { rows: json, total: Number(headers.get('Content-Range')?.split('/')[1] ?? json.length) };
}

/** The sessions of an OF that wait for a word: all at once, or one by one. */
export function ToConfirm() {
  const translate = useTranslate();
  const notify = useNotify();
  const { act, busy } = useAct(KEY);
  const { data } = useQuery({ queryKey: KEY, queryFn: ({ signal }) => readWaiting(signal) });
  if (data === undefined || data.total === 0) return null;
  const confirm = (body: object) =>
    act(async () => {
      const { json } = await callApi<{ confirmees: number }>('/fraicheur/confirmations', { method: 'POST', body });
      notify('fraicheur.of.done', { type: 'success', messageArgs: { smart_count: json.confirmees } });
    });
  return (
    <Panel title={translate('fraicheur.of.title', { smart_count: data.total })}>
      <Stack sx={{ gap: 1, alignItems: 'flex-start' }}>
        <Typography>{translate('fraicheur.of.help')}</Typography>
        <Button variant="contained" disabled={busy} onClick={() => confirm({ all: true })}>
          {translate('fraicheur.of.all')}
        </Button>
        <Box component="ul" sx={{ listStyle: 'none', p: 0, m: 0, width: '100%' }}>
          {data.rows.map((session) => (
            <Waiting
              key={session.id}
              session={session}
              busy={busy}
              confirm={() => confirm({ sessions: [session.id] })}
            />
          ))}
        </Box>
        {data.total > data.rows.length && (
          <Typography>{translate('fraicheur.of.more', { smart_count: data.total - data.rows.length })}</Typography>
        )}
      </Stack>
    </Panel>
  );
}

interface WaitingProps {
  readonly session: SessionFraicheur;
  readonly busy: boolean;
  readonly confirm: () => unknown;
}

function Waiting({ session, busy, confirm }: WaitingProps) {
  const translate = useTranslate();
  const { date } = useDates();
  const datesOf = useSessionDates();
  const { busy: creating, create } = useCreateDraft();
  const { intitule, commune, stade, stadeLe, numero, formation } = session;
  const place = commune === null ? '' : ` · ${commune}`;
  const stage =
    stade === 'retiree' && stadeLe !== null
      ? translate('fraicheur.of.until', { jour: date(stadeLe) })
      : translate(`fraicheur.stade.${stade}`);
  return (
    <Box
      component="li"
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        gap: 1,
        alignItems: 'center',
        py: 1,
        borderBottom: 1,
        borderColor: 'divider',
      }}
    >
      <Box sx={{ flex: '1 1 220px', overflowWrap: 'anywhere' }}>
        {intitule}
        <Typography variant="body2" color="text.secondary">
          {`${datesOf(session)}${place} · ${stage}`}
        </Typography>
      </Box>
      <Button disabled={busy} onClick={confirm} aria-label={`${translate('fraicheur.of.one')} : ${numero}`}>
        {translate('fraicheur.of.one')}
      </Button>
      <Button
        disabled={busy || creating}
        onClick={() => void create(`/formations/${formation}/brouillon`, {})}
        aria-label={`${translate('fraicheur.of.change')} : ${numero}`}
      >
        {translate('fraicheur.of.change')}
      </Button>
    </Box>
  );
}
