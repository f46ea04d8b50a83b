import { type ReadAgain, useLive } from '../../shared/live/use-live.ts';
import { soumissionQuery } from '../review/soumission-query.ts';

const readAgain: ReadAgain = (client, moved) => {
  void client.invalidateQueries({ queryKey: ['file'] });
  if (moved === 'all') void client.invalidateQueries({ queryKey: ['soumission'] });
  else for (const id of moved) void client.invalidateQueries({ queryKey: soumissionQuery(id).queryKey });
};

/** Queue and reviews read again when the server says that something moved; without events they poll. */
export function useLiveQueue(): void {
  useLive(readAgain);
}
