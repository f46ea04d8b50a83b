import { Autocomplete, TextField } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useDeferredValue, useState } from 'react';
import { useTranslate } from 'react-admin';
import { MIN_SEARCH, type ReferenceOption, searchReference } from './reference-search.ts';

interface Props {
  readonly label: string;
  readonly table: string;
  readonly version?: string | undefined;
  readonly helper?: ReactNode;
  readonly error?: boolean;
  readonly mandatory?: boolean;
  readonly onPick: (option: ReferenceOption) => void;
  readonly onBlur?: () => void;
  /** A code that the search does not know may still be typed. */
  readonly freeCode?: RegExp;
}

/** A search of a reference table that answers while typing, by keyboard or mouse. */
export function SearchBox(props: Props) {
  const { label, table, version, helper, error = false, mandatory = false, onPick, onBlur, freeCode } = props;
  const translate = useTranslate();
  const [typed, setTyped] = useState('');
  const q = useDeferredValue(typed.trim());
  const { data, isFetching, isError } = useQuery({
    queryKey: ['referentiel', table, version, q],
    queryFn: ({ signal }) => searchReference({ table, q, signal, ...(version === undefined ? {} : { version }) }),
    enabled: q.length >= MIN_SEARCH,
    staleTime: 300_000,
    retry: 1,
  });
  const found = q.length >= MIN_SEARCH ? (data ?? []) : [];
  const free = freeCode?.test(q) && !found.some(({ code }) => code === q) ? [{ code: q, label: '' }] : [];
  const noOptions = isError ? 'sofi.search.failed' : q.length < MIN_SEARCH ? 'sofi.search.hint' : 'sofi.search.none';
  return (
    <Autocomplete<ReferenceOption>
      options={[...found, ...free]}
      value={null}
      inputValue={typed}
      onInputChange={(_event, value, reason) => reason !== 'reset' && setTyped(value)}
      onChange={(_event, picked) => {
        if (picked === null) return;
        onPick(picked);
        setTyped('');
      }}
      {...(onBlur === undefined ? {} : { onBlur })}
      filterOptions={(options) => options}
      getOptionLabel={({ code, label: words, detail }) =>
        words === '' ? translate('sofi.search.code', { code }) : `${words} (${detail ?? code})`
      }
      getOptionKey={({ code, version: of }) => `${of ?? ''}${code}`}
      isOptionEqualToValue={(a, b) => a.code === b.code}
      loading={isFetching}
      loadingText={translate('sofi.search.loading')}
      noOptionsText={translate(noOptions)}
      autoHighlight
      clearText={translate('sofi.act.remove')}
      blurOnSelect={false}
      clearOnBlur={false}
      forcePopupIcon={false}
      renderInput={(params) => (
        <TextField {...params} label={label} helperText={helper} error={error} required={mandatory} />
      )}
    />
  );
}
