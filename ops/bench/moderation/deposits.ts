import { setTimeout as sleep } from 'node:timers/promises';
import { enteredAgain } from '../../drill/scenes.ts';
import { quantile, type Row } from '../bench.ts';
import { atPace, timeOf } from '../timing.ts';
import { deposit, draftOf } from './drafts.ts';
import { countIn, type Stage } from './stage.ts';

/** A peak day within twenty minutes: 6 000 deposits. */
const PER_MINUTE = 300;
const CHECKED_WITHIN_S = 120;
const LOOK_EVERY_MS = 250;

/** Deposits of all OFs together at the rate of a peak day, for so many minutes; then how long the last checks take. */
export async function measureDeposits(stage: Stage, minutes: number): Promise<Row[]> {
  const { ofs } = stage;
  const wanted = Math.round(PER_MINUTE * minutes);
  const times: number[] = [];
  let begun = 0;
  let lastBegan = 0;
  const began = performance.now();
  await Promise.all(
    ofs.map(async (of, k) => {
      const document = await draftOf(of);
      const periodMs = (60_000 / PER_MINUTE) * ofs.length;
      const pace = { periodMs, offsetMs: (k * periodMs) / ofs.length, goesOn: () => begun < wanted };
      await atPace(pace, async () => {
        if (begun >= wanted) return;
        begun += 1;
        lastBegan = performance.now();
        times.push(await timeOf(() => deposit(of, enteredAgain(document))));
      });
    }),
  );
  const seconds = (lastBegan - began) / 1_000;
  const unchecked = await countIn(stage, 'deposee');
  const last = performance.now();
  while ((await countIn(stage, 'deposee')) > 0) await sleep(LOOK_EVERY_MS);
  const checked = (performance.now() - last) / 1_000;
  return [
    {
      what: `${times.length} deposits (${unchecked} unchecked at the last)`,
      measured: seconds,
      unit: 's',
      reference: minutes * 60,
      referenceIs: `${PER_MINUTE} a minute`,
      atMost: 1.05,
    },
    {
      what: 'all checked after the last deposit',
      measured: checked,
      unit: 's',
      reference: CHECKED_WITHIN_S,
      referenceIs: 'the limit',
      atMost: 1,
    },
    {
      what: 'draft and deposit, answered with the checks, p95',
      measured: quantile(times, 0.95),
      unit: 'ms',
      reference: quantile(times, 0.5),
      referenceIs: 'their p50',
    },
  ];
}
