import type { Row } from '../bench.ts';
import { timed } from '../timing.ts';
import { approve, type Stage, waitingItems } from './stage.ts';

const AT_ONCE = 10;
const WARM_UP = 40;

/** How many decisions pass each second when ten are always under way, against empty Updates of the same workflows. */
export async function measureSaturation(stage: Stage, decisions: number): Promise<Row[]> {
  const { moderators, emptyUpdate } = stage;
  const items = await waitingItems(stage, decisions + WARM_UP);
  const persons = new Map(items.map((item, k) => [item.id, moderators[k % moderators.length]]));
  const decide = (item: (typeof items)[number]) => {
    const person = persons.get(item.id);
    if (person === undefined) throw new Error('Cannot find a moderator');
    return approve(person, item);
  };
  await timed(items.slice(0, WARM_UP), AT_ONCE, decide);
  const rest = items.slice(WARM_UP);
  const perSecond = async (work: (item: (typeof items)[number]) => Promise<unknown>) => {
    const began = performance.now();
    await timed(rest, AT_ONCE, work);
    return rest.length / ((performance.now() - began) / 1_000);
  };
  // The first touch of a workflow that left the worker's memory reads its history again: the empty Updates pay for it.
  const empties = await perSecond(({ id }) => emptyUpdate(id));
  const measured = await perSecond(decide);
  const row = { what: `decisions, ${AT_ONCE} at once (${rest.length})`, measured, unit: '/s' as const };
  return [
    { ...row, reference: 35, referenceIs: 'the limit', atLeast: 1 },
    { ...row, what: 'the same decisions', reference: empties, referenceIs: 'empty Updates' },
  ];
}
