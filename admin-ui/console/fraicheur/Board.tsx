import { Box, Button, MenuItem, TextField } from '@mui/material';
import { useListContext, useRefresh, useTranslate } from 'react-admin';
import type { SessionFraicheur } from '../../../domain/contract/fraicheur.contract.ts';
import { FRESHNESS_STAGES } from '../../../domain/model/fraicheur/stages.ts';
import { useSessionDates } from '../../shared/fraicheur/session-words.ts';
import { callApi } from '../../shared/http/api.ts';
import { type Column, TablePage } from '../../shared/parts/TablePage.tsx';
import { useAct } from '../../shared/vie/use-act.ts';
import { useDates } from '../../shared/words/use-dates.ts';

const STAGES = FRESHNESS_STAGES.filter((stage) => stage !== 'fraiche');

function StageFilter() {
  const translate = useTranslate();
  const { filterValues, setFilters } = useListContext();
  return (
    <TextField
      select
      label={translate('fraicheur.board.filter')}
      value={filterValues.stade ?? ''}
      sx={{ minWidth: 180 }}
      onChange={({ target }) => setFilters(target.value === '' ? {} : { stade: target.value })}
    >
      <MenuItem value="">{translate('fraicheur.board.every')}</MenuItem>
      {STAGES.map((stage) => (
        <MenuItem key={stage} value={stage}>
          {translate(`fraicheur.stade.${stage}`)}
        </MenuItem>
      ))}
    </TextField>
  );
}

function ConfirmButton({ id, numero, stade, cause }: SessionFraicheur) {
  const translate = useTranslate();
  const refresh = useRefresh();
  const { act, busy } = useAct(['fraicheur']);
  if (stade === 'archivee' || cause === 'sessionTerminee') return null;
  const label = translate('fraicheur.board.confirm');
  const confirm = async () => {
    await act(() => callApi('/fraicheur/confirmations', { method: 'POST', body: { sessions: [id] } }));
    refresh();
  };
  return (
    <Button size="small" disabled={busy} aria-label={`${label} : ${numero}`} onClick={() => void confirm()}>
      {label}
    </Button>
  );
}

/** The sessions that reached a stage: by stage, organisme or age; a moderator notes what was said on the telephone. */
export function Board() {
  const translate = useTranslate();
  const { date } = useDates();
  const datesOf = useSessionDates();
  const columns: Column<SessionFraicheur>[] = [
    { label: 'fraicheur.board.session', show: ({ intitule, numero }) => `${intitule} (${numero})`, sort: 'intitule' },
    { label: 'fraicheur.board.organisme', show: ({ organisme }) => organisme.nom, sort: 'organisme' },
    { label: 'fraicheur.board.dates', show: datesOf, sort: 'debut' },
    { label: 'fraicheur.board.stade', show: ({ stade }) => translate(`fraicheur.stade.${stade}`), sort: 'stade' },
    {
      label: 'fraicheur.board.depuis',
      show: ({ stadeLe }) => (stadeLe === null ? '' : date(stadeLe)),
      sort: 'stadeLe',
    },
    {
      label: 'fraicheur.board.cause',
      show: ({ cause }) => (cause === null ? '' : translate(`fraicheur.cause.${cause}`)),
    },
    { label: 'fraicheur.board.confirm', show: (row) => <ConfirmButton {...row} /> },
  ];
  return (
    <Box>
      <TablePage<SessionFraicheur>
        resource="fraicheur"
        title="fraicheur.board.title"
        columns={columns}
        sort={{ field: 'stadeLe', order: 'ASC' }}
        to={({ formation }) => `/formations/${formation}`}
        actions={<StageFilter />}
        refreshMs={30_000}
      />
    </Box>
  );
}
