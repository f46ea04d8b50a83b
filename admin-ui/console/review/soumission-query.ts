import { queryOptions } from '@tanstack/react-query';
import type { SoumissionDto } from '../../../domain/contract/soumission.contract.ts';
import { callApi } from '../../shared/http/api.ts';
import { pollMs } from '../../shared/live/live-state.ts';

const POLL_MS = 15_000;
const CHECKING_POLL_MS = 1_500;

/** One soumission as it stands; asked again on events and by itself, faster while its checks run. */
export function soumissionQuery(id: string) {
  return queryOptions({
    queryKey: ['soumission', id],
    queryFn: async ({ signal }) => (await callApi<SoumissionDto>(`/soumissions/${id}`, { signal })).json,
    refetchInterval: ({ state }) => (state.data?.controles === 'enCours' ? CHECKING_POLL_MS : pollMs(POLL_MS)),
    staleTime: 3_000,
  });
}
