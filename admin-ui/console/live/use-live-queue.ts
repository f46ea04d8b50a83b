import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { soumissionQuery } from '../review/soumission-query.ts';
import { followEvents, type LiveEvent } from './live-events.ts';
import { setLive } from './live-state.ts';

/** Many events in a row make one reading. */
const GATHER_MS = 700;

function gather(client: QueryClient) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const moved = new Set<string>();
  let all = false;
  const read = () => {
    timer = undefined;
    void client.invalidateQueries({ queryKey: ['file'] });
    if (all) void client.invalidateQueries({ queryKey: ['soumission'] });
    else for (const id of moved) void client.invalidateQueries({ queryKey: soumissionQuery(id).queryKey });
    moved.clear();
    all = false;
  };
  return {
    hear: (event: LiveEvent) => {
      if (event.kind === 'soumission') moved.add(event.id);
      else all = true;
      timer ??= setTimeout(read, GATHER_MS);
    },
    stop: () => clearTimeout(timer),
  };
}

/** Queue and reviews read again when the server says that something moved; without events they poll. */
export function useLiveQueue(): void {
  const client = useQueryClient();
  useEffect(() => {
    const gathered = gather(client);
    const leave = followEvents({ hear: gathered.hear, live: setLive });
    return () => {
      leave();
      gathered.stop();
    };
  }, [client]);
}
