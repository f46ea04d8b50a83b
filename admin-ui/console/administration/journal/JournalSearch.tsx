import { Box, Button, MenuItem, TextField } from '@mui/material';
import { useEffect, useState } from 'react';
import { useGetList, useListContext, useTranslate } from 'react-admin';
import type { PersonRowDto } from '../../../../domain/contract/people.contract.ts';
import { addDays, toParisDay } from '../../../../domain/model/calendar.ts';
import { JOURNAL_ACTS } from '../../../../domain/model/journal-acts.ts';
import { instantOf } from '../../../../domain/model/paris-time.ts';
import { API } from '../../../shared/http/api.ts';
import { isHalfId, type JournalTyped, journalFilter, NOTHING_TYPED } from './journal-filter.ts';

const WAIT_MS = 400;

function startOf(text: string, later: number): string {
  const day = toParisDay(text);
  return day === undefined ? text : new Date(instantOf(addDays(day, later), 0, 0)).toISOString();
}

/** By what, whom, when, on which fiche; the same filter gives the file. */
export function JournalSearch() {
  const translate = useTranslate();
  const { filterValues, setFilters } = useListContext();
  const [typed, setTyped] = useState<JournalTyped>(NOTHING_TYPED);
  const people = useGetList<PersonRowDto>('people', {
    pagination: { page: 1, perPage: 500 },
    sort: { field: 'nom', order: 'ASC' },
    filter: { role: ['moderateur', 'administrateur'] },
  });
  const change = (part: Partial<JournalTyped>) => setTyped({ ...typed, ...part });
  useEffect(() => {
    if (typed === NOTHING_TYPED) return;
    const timer = setTimeout(() => setFilters(journalFilter(typed, startOf)), WAIT_MS);
    return () => clearTimeout(timer);
  }, [typed, setFilters]);
  const clear = () => {
    setTyped(NOTHING_TYPED);
    setFilters({});
  };
  const csv = `${API}/journal.csv?${new URLSearchParams({ filter: JSON.stringify(filterValues) })}`;
  const text = (name: 'q' | 'fiche' | 'soumission') => (
    <TextField
      label={translate(`suivi.journal.filter.${name}`)}
      value={typed[name]}
      onChange={({ target }) => change({ [name]: target.value })}
      error={name !== 'q' && isHalfId(typed[name])}
      helperText={name !== 'q' && isHalfId(typed[name]) ? translate('suivi.journal.filter.badId') : undefined}
    />
  );
  const day = (name: 'from' | 'until') => (
    <TextField
      type="date"
      label={translate(`suivi.journal.filter.${name}`)}
      value={typed[name]}
      onChange={({ target }) => change({ [name]: target.value })}
      slotProps={{ inputLabel: { shrink: true } }}
    />
  );
  return (
    <Box role="search" sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center', width: '100%' }}>
      {text('q')}
      <TextField
        select
        label={translate('suivi.journal.filter.act')}
        value={typed.act}
        onChange={({ target }) => change({ act: target.value })}
        sx={{ minWidth: 180 }}
      >
        <MenuItem value="">{translate('suivi.journal.filter.any')}</MenuItem>
        {JOURNAL_ACTS.map((act) => (
          <MenuItem key={act} value={act}>
            {translate(`sofi.timeline.act.${act}`, { _: act })}
          </MenuItem>
        ))}
      </TextField>
      <TextField
        select
        label={translate('suivi.journal.filter.by')}
        value={typed.by}
        onChange={({ target }) => change({ by: target.value })}
        sx={{ minWidth: 180 }}
      >
        <MenuItem value="">{translate('suivi.journal.anybody')}</MenuItem>
        {(people.data ?? []).map(({ id, nom }) => (
          <MenuItem key={id} value={id}>
            {nom}
          </MenuItem>
        ))}
      </TextField>
      {day('from')}
      {day('until')}
      {text('fiche')}
      {text('soumission')}
      <Button onClick={clear}>{translate('suivi.journal.filter.clear')}</Button>
      <Button href={csv} download>
        {translate('suivi.journal.csv')}
      </Button>
    </Box>
  );
}
