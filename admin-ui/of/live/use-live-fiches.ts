import { type ReadAgain, useLive } from '../../shared/live/use-live.ts';
import { myFichesQuery } from '../home/my-fiches.ts';

/** What is being written is left alone: only lists and what is followed are read again. */
const readAgain: ReadAgain = (client) => {
  void client.invalidateQueries({ queryKey: myFichesQuery.queryKey });
  void client.invalidateQueries({
    predicate: ({ queryKey: [noun, , what] }) => noun === 'soumission' && what === 'suivi',
  });
};

/** The OF's lists and timelines read again when the server says that one of its fiches moved; without events they poll. */
export function useLiveFiches(): void {
  useLive(readAgain);
}
