import { useSyncExternalStore } from 'react';

const POLL_MS = 10_000;
/** While events come in: a look now and then all the same. */
const LIVE_POLL_MS = 60_000;

let live = false;
const watchers = new Set<() => void>();

export function setLive(on: boolean): void {
  if (live === on) return;
  live = on;
  for (const watch of watchers) watch();
}

function watchLive(watch: () => void): () => void {
  watchers.add(watch);
  return () => watchers.delete(watch);
}

/** How long until a screen reads again by itself; at most `longest` without events, in ms. */
export function pollMs(longest = POLL_MS): number {
  return live ? Math.max(LIVE_POLL_MS, longest) : longest;
}

/** Whether events come in. */
export function useIsLive(): boolean {
  return useSyncExternalStore(watchLive, () => live);
}
