import { quantile, type Row } from '../bench.ts';
import { timeOf } from '../timing.ts';
import type { Stage } from './stage.ts';

/** All moderators take items by `next` until so many are taken; throws when one was given twice. */
export async function measureNext({ moderators }: Stage, wanted: number): Promise<Row[]> {
  const taken: string[] = [];
  const times: number[] = [];
  let asked = 0;
  const began = performance.now();
  await Promise.all(
    moderators.map(async ({ remote }) => {
      while (asked < wanted) {
        asked += 1;
        times.push(
          await timeOf(async () => {
            const { status, body } = await remote.post<{ id: string }>('/soumissions/next', undefined);
            if (status === 200) taken.push(body.id);
          }),
        );
      }
    }),
  );
  const seconds = (performance.now() - began) / 1_000;
  const twice = taken.length - new Set(taken).size;
  if (twice > 0) throw new Error(`${twice} items were given to two moderators`);
  return [
    {
      what: `items taken by ${moderators.length} at once, none twice`,
      measured: taken.length,
      unit: 'items',
      reference: wanted,
      referenceIs: 'asked for',
      atLeast: 1,
    },
    {
      what: `an item by next, p95 (${(taken.length / seconds).toFixed(0)}/s)`,
      measured: quantile(times, 0.95),
      unit: 'ms',
      reference: quantile(times, 0.5),
      referenceIs: 'its p50',
    },
  ];
}
