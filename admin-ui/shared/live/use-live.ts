import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { followEvents, type LiveEvent } from './live-events.ts';
import { setLive } from './live-state.ts';

/** Many events in a row make one reading. */
const GATHER_MS = 700;

/** Reads again what moved: these soumissions, or `all` when many did or something was missed. */
export type ReadAgain = (client: QueryClient, moved: ReadonlySet<string> | 'all') => void;

function gather(client: QueryClient, readAgain: ReadAgain) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let moved = new Set<string>();
  let all = false;
  const read = () => {
    timer = undefined;
    readAgain(client, all ? 'all' : moved);
    moved = new Set();
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

/** Screens read again when the server says that something moved; without events they poll. `readAgain` must not change. */
export function useLive(readAgain: ReadAgain): void {
  const client = useQueryClient();
  useEffect(() => {
    const gathered = gather(client, readAgain);
    const leave = followEvents({ hear: gathered.hear, live: setLive });
    return () => {
      leave();
      gathered.stop();
    };
  }, [client, readAgain]);
}
