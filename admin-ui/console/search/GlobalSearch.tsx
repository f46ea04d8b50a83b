import { Autocomplete, Box, TextField, Typography } from '@mui/material';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useRef, useState } from 'react';
import { useTranslate } from 'react-admin';
import { useNavigate } from 'react-router';
import { useHotkeys } from '../decide/use-hotkeys.ts';
import { type Found, MIN_SEARCH, searchEverywhere } from './search-everywhere.ts';

function FoundLine({ label, detail }: Found) {
  return (
    <Box sx={{ minWidth: 0 }}>
      <Typography variant="body2" noWrap>
        {label}
      </Typography>
      <Typography variant="caption" color="text.secondary" noWrap component="div">
        {detail}
      </Typography>
    </Box>
  );
}

/** One search of the whole console, by `/` from anywhere: soumissions, formations and organismes, chosen by keyboard. */
export function GlobalSearch() {
  const translate = useTranslate();
  const navigate = useNavigate();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const q = useDeferredValue(typed.trim());
  const asked = q.length >= MIN_SEARCH;
  useHotkeys({ '/': () => field.current?.focus() });
  const { data, isFetching, isError } = useQuery({
    queryKey: ['recherche', q],
    queryFn: ({ signal }) => searchEverywhere(q, signal),
    enabled: asked,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    retry: 1,
  });
  const noOptions = isError ? 'failed' : asked ? 'none' : 'hint';
  return (
    <Autocomplete<Found>
      options={asked ? (data ?? []) : []}
      value={null}
      inputValue={typed}
      onInputChange={(_event, value, reason) => reason !== 'reset' && setTyped(value)}
      onChange={(_event, picked) => {
        if (picked === null) return;
        setTyped('');
        field.current?.blur();
        void navigate(`/${picked.kind}/${picked.id}`);
      }}
      filterOptions={(options) => options}
      groupBy={({ kind }) => translate(`console.search.kind.${kind}`)}
      renderGroup={({ key, group, children }) => (
        <li key={key} role="presentation">
          <Typography variant="overline" component="div" aria-hidden sx={{ px: 2, color: 'text.secondary' }}>
            {group}
          </Typography>
          <Box component="ul" role="group" aria-label={group} sx={{ p: 0 }}>
            {children}
          </Box>
        </li>
      )}
      getOptionLabel={({ label, detail }) => `${label} ${detail}`}
      getOptionKey={({ kind, id }) => `${kind}${id}`}
      isOptionEqualToValue={(a, b) => a.id === b.id}
      renderOption={({ key, ...props }, option) => (
        <li key={key} {...props}>
          <FoundLine {...option} />
        </li>
      )}
      loading={isFetching}
      loadingText={translate('console.search.loading')}
      noOptionsText={translate(`console.search.${noOptions}`)}
      autoHighlight
      clearOnBlur={false}
      forcePopupIcon={false}
      size="small"
      sx={{ width: { xs: '100%', sm: 260 }, my: 0.75 }}
      slotProps={{
        paper: { elevation: 8 },
        popper: { disablePortal: true, sx: { minWidth: 'min(420px, 100vw)' }, placement: 'bottom-end' },
      }}
      renderInput={(params) => (
        <TextField {...params} inputRef={field} label={translate('console.search.label')} type="search" />
      )}
    />
  );
}
