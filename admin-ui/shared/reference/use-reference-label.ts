import { useQuery } from '@tanstack/react-query';
import { searchReference } from './reference-search.ts';

const FRESH_MS = 300_000;

/** What a code of a reference table means; undefined while it is asked and when the table does not know it. */
export function useReferenceLabel(table: string | undefined, code: string, version?: string): string | undefined {
  const { data } = useQuery({
    queryKey: ['referentiel', table, version, code],
    queryFn: ({ signal }) =>
      searchReference({ table: table ?? '', q: code, signal, ...(version === undefined ? {} : { version }) }),
    enabled: table !== undefined && code !== '',
    staleTime: FRESH_MS,
    retry: false,
  });
  return data?.find((option) => option.code === code)?.label;
}
