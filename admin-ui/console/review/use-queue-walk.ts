import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useNavigate } from 'react-router';
import { queueQuery } from '../queue/queue-query.ts';
import { rememberedPath, rememberedQueue } from '../queue/remembered.ts';
import { soumissionQuery } from './soumission-query.ts';

/** The items before and after one in a list that may have lost it meanwhile. */
export function neighbours(ids: readonly string[], id: string): { previous?: string; next?: string; rank: number } {
  const at = ids.indexOf(id);
  const previous = at > 0 ? ids[at - 1] : undefined;
  const next = at < 0 ? ids[0] : ids[at + 1];
  return { ...(previous === undefined ? {} : { previous }), ...(next === undefined ? {} : { next }), rank: at + 1 };
}

/** Walks the queue last looked at: previous, next, and the next one loaded before it is asked for. */
export function useQueueWalk(id: string) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { data } = useQuery(queueQuery(rememberedQueue()));
  const ids = (data?.rows ?? []).map((row) => row.id);
  const found = neighbours(ids, id);
  const known = useRef<{ id: string; next: string | undefined }>({ id, next: undefined });
  if (known.current.id !== id || ids.includes(id)) known.current = { id, next: found.next };
  const { next } = known.current;
  useEffect(() => {
    if (next !== undefined) void client.prefetchQuery(soumissionQuery(next));
  }, [client, next]);
  const open = (to: string | undefined) => navigate(to === undefined ? rememberedPath() : `/soumissions/${to}`);
  return {
    rank: found.rank,
    total: data?.total ?? 0,
    previous: found.previous === undefined ? undefined : () => open(found.previous),
    next: () => open(next),
  };
}
