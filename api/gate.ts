import { SofiError } from '../domain/model/errors.ts';

/**
 * Lets at most `width` pieces of work run at once; the others wait their turn, at most `patienceMs`, then are refused
 * with `temporal-absent`: about 100 updates a second is what one small server takes, more at once only makes all slow.
 */
export function openGate(width: number, patienceMs: number) {
  let running = 0;
  const waiting: (() => void)[] = [];

  function enter(): Promise<void> {
    if (running < width) {
      running++;
      return Promise.resolve();
    }
    return new Promise((admit, refuse) => {
      const turn = () => {
        clearTimeout(timer);
        admit();
      };
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(turn), 1);
        refuse(new SofiError('temporal-absent', 'Cannot reach Temporal: too many calls wait', { retryAfter: 2 }));
      }, patienceMs);
      waiting.push(turn);
    });
  }

  function leave(): void {
    const next = waiting.shift();
    if (next === undefined) running--;
    else next();
  }

  return async <T>(work: () => Promise<T>): Promise<T> => {
    await enter();
    try {
      return await work();
    } finally {
      leave();
    }
  };
}
