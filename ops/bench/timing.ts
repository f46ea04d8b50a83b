import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds that some work took. */
export async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Does `work` on each item, so many at once; answers the milliseconds of each. */
export async function timed<T>(
  items: Iterable<T>,
  atOnce: number,
  work: (item: T) => Promise<unknown>,
): Promise<number[]> {
  const times: number[] = [];
  const queue = items[Symbol.iterator]();
  const lane = async () => {
    for (let next = queue.next(); !next.done; next = queue.next()) {
      const { value } = next;
      times.push(await timeOf(() => work(value)));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return times;
}

/**
 * Does `work` once each period from `offsetMs` on until `goesOn` says no, whatever each time lasts: a turn that is late is
 * taken at once, none is left out.
 */
export async function atPace(
  {
    periodMs,
    offsetMs,
    goesOn,
  }: { readonly periodMs: number; readonly offsetMs: number; readonly goesOn: () => boolean },
  work: () => Promise<unknown>,
): Promise<void> {
  const began = performance.now() + offsetMs;
  for (let turn = 0; goesOn(); turn += 1) {
    const wait = began + turn * periodMs - performance.now();
    if (wait > 0) await sleep(wait);
    await work();
  }
}
