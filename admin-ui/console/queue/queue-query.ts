import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { SoumissionRowDto } from '../../../domain/contract/soumission.contract.ts';
import { callApi } from '../../shared/http/api.ts';
import { pollMs } from '../../shared/live/live-state.ts';
import { filterOf, isView, type View } from './views.ts';

export const PER_PAGE = 50;

export interface QueueAddress {
  readonly view: View;
  readonly q: string;
  readonly page: number;
}

/** The queue that an address of the console names; what it does not say is the whole queue, first page. */
export function readAddress(search: URLSearchParams): QueueAddress {
  const view = search.get('view');
  return {
    view: isView(view) ? view : 'all',
    q: search.get('q') ?? '',
    page: Math.max(1, Number(search.get('page') ?? 1) || 1),
  };
}

export function writeAddress({ view, q, page }: QueueAddress): URLSearchParams {
  const search = new URLSearchParams();
  if (view !== 'all') search.set('view', view);
  if (q !== '') search.set('q', q);
  if (page > 1) search.set('page', String(page));
  return search;
}

export interface QueuePage {
  readonly rows: readonly SoumissionRowDto[];
  readonly total: number;
  readonly readAt: number;
}

async function fetchPage({ view, q, page }: QueueAddress, signal: AbortSignal): Promise<QueuePage> {
  const from = (page - 1) * PER_PAGE;
  const sort = view === 'decided' ? ['decideeLe', 'DESC'] : ['due', 'ASC'];
  const query = new URLSearchParams({
    filter: JSON.stringify(filterOf(view, q)),
    range: JSON.stringify([from, from + PER_PAGE - 1]),
    sort: JSON.stringify(sort),
  });
  const { json, headers } = await callApi<SoumissionRowDto[]>(`/soumissions?${query}`, { signal });
  const total = Number(headers.get('Content-Range')?.split('/')[1] ?? json.length);
  return { rows: json, total, readAt: Date.now() };
}

/** One page of the queue, fresh by itself: on events, or each 10 s without them. */
export function queueQuery(address: QueueAddress) {
  return queryOptions({
    queryKey: ['file', address],
    queryFn: ({ signal }) => fetchPage(address, signal),
    refetchInterval: () => pollMs(),
    placeholderData: keepPreviousData,
  });
}
