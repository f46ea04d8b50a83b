import { setTimeout as sleep } from 'node:timers/promises';
import type { LotDto } from '../../../domain/contract/vie.contract.ts';
import { quantile, type Row } from '../bench.ts';
import { atPace, timeOf } from '../timing.ts';
import { approve, type Item, type Stage, waitingItems } from './stage.ts';

const LOOK_EVERY_MS = 200;
const PER_SECOND = 2;
const CALM_S = 15;
const WITHIN_S = 30;

/** Decisions of the others at twice a second, until `goesOn` says no; their milliseconds. */
async function interactive({ moderators }: Stage, items: Iterator<Item>, goesOn: () => boolean): Promise<number[]> {
  const times: number[] = [];
  const others = moderators.slice(1);
  const periodMs = (1_000 / PER_SECOND) * others.length;
  await Promise.all(
    others.map((person, k) =>
      atPace({ periodMs, offsetMs: (k * periodMs) / others.length, goesOn }, async () => {
        const { value: item, done } = items.next();
        if (done !== true) times.push(await timeOf(() => approve(person, item)));
      }),
    ),
  );
  return times;
}

/** A lot, while the others go on deciding one by one. */
export async function measureBulk(stage: Stage, size: number): Promise<Row[]> {
  const [person] = stage.moderators;
  if (person === undefined) throw new Error('Cannot find a moderator');
  const spare = (CALM_S + 2 * WITHIN_S) * PER_SECOND * 2;
  const all = await waitingItems(stage, size + spare);
  const one = all.slice(size).values();
  const calmEnds = performance.now() + CALM_S * 1_000;
  const calm = await interactive(stage, one, () => performance.now() < calmEnds);
  let running = true;
  const meanwhile = interactive(stage, one, () => running);
  const began = performance.now();
  const { body } = await person.remote.post<{ id: string }>('/decisions/bulk', {
    kind: 'approve',
    items: all.slice(0, size),
  });
  let lot: LotDto;
  do {
    await sleep(LOOK_EVERY_MS);
    lot = (await person.remote.call<LotDto>(`/lots/${body.id}`)).body;
  } while (lot.state === 'running');
  const seconds = (performance.now() - began) / 1_000;
  running = false;
  const busy = await meanwhile;
  const decided = lot.items.filter(({ state }) => state === 'decided').length;
  return [
    {
      what: `a lot of ${size} (${decided} decided)`,
      measured: seconds,
      unit: 's',
      reference: WITHIN_S,
      referenceIs: 'the limit',
      atMost: 1,
    },
    {
      what: `a decision meanwhile, p95 (${busy.length})`,
      measured: quantile(busy, 0.95),
      unit: 'ms',
      reference: quantile(calm, 0.95),
      referenceIs: `without a lot, p95 (${calm.length})`,
      atMost: 2,
    },
  ];
}
