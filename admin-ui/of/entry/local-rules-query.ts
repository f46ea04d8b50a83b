import { queryOptions } from '@tanstack/react-query';
import type { RegleDto } from '../../../domain/contract/regle.contract.ts';
import { callApi } from '../../shared/http/api.ts';
import { localRulesAsSet } from './draft-faults.ts';

const ALL = encodeURIComponent(JSON.stringify([0, 499]));
const FRESH_MS = 5 * 60_000;

/** The rules that the page judges by itself, as they are set today. */
export const localRulesQuery = queryOptions({
  queryKey: ['regles', 'locales'],
  queryFn: async ({ signal }) => localRulesAsSet((await callApi<RegleDto[]>(`/regles?range=${ALL}`, { signal })).json),
  staleTime: FRESH_MS,
});
