import { queryOptions } from '@tanstack/react-query';
import type { LookAlikeDto } from '../../../domain/contract/look-alike.contract.ts';
import { callApi } from '../../shared/http/api.ts';

/** The look-alikes of one version of a soumission. */
export function lookAlikesQuery(id: string, version: number) {
  return queryOptions({
    queryKey: ['look-alikes', id, version],
    queryFn: async ({ signal }) => (await callApi<LookAlikeDto[]>(`/soumissions/${id}/look-alikes`, { signal })).json,
  });
}
