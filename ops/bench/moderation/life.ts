import { quantile, type Row } from '../bench.ts';
import { atPace, timeOf } from '../timing.ts';
import { draftOf } from './drafts.ts';
import { QUEUE } from './queue.ts';
import { approve, type OfPerson, type Person, type Stage, waitingItems } from './stage.ts';

const DECIDES_EVERY_MS = 3_000;
const SAVES_EVERY_MS = 2_000;

interface Times {
  readonly decision: number[];
  readonly queue: number[];
  readonly review: number[];
  readonly save: number[];
  readonly empty: number[];
}

/** A moderator at work: the queue, one review of it, a decision; an empty Update of the same workflow beside it. */
function moderates(stage: Stage, { remote }: Person, items: Iterator<{ id: string; version: number }>, times: Times) {
  return async () => {
    const { value: item, done } = items.next();
    if (done === true) return;
    times.queue.push(await timeOf(() => remote.call(QUEUE)));
    times.review.push(await timeOf(() => remote.call(`/soumissions/${item.id}`)));
    times.empty.push(await timeOf(() => stage.emptyUpdate(item.id)));
    times.decision.push(await timeOf(() => approve({ remote }, item)));
  };
}

/** An OF that writes: each save is of the whole draft, over the one before. */
async function writes(of: OfPerson, times: Times): Promise<() => Promise<void>> {
  const document = await draftOf(of);
  const created = await of.remote.post<{ id: string; saveNumber: number }>('/brouillons', { document });
  let { id, saveNumber } = created.body;
  return async () => {
    const init = {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json', 'If-Match': `"${saveNumber}"` },
      body: JSON.stringify({ document }),
    };
    times.save.push(
      await timeOf(async () => {
        const { body } = await of.remote.call<{ saveNumber: number }>(`/brouillons/${id}`, init);
        saveNumber = body.saveNumber;
      }),
    );
  };
}

/** Ten times life: six people decide every 3 s and twenty OFs save every 2 s, all at once. */
export async function measureLife(stage: Stage, seconds: number): Promise<{ rows: Row[]; decisionP95: number }> {
  const times: Times = { decision: [], queue: [], review: [], save: [], empty: [] };
  const wanted = Math.ceil((seconds * 1_000) / DECIDES_EVERY_MS + 1) * stage.moderators.length;
  const items = (await waitingItems(stage, wanted)).values();
  const writers = await Promise.all(stage.ofs.map((of) => writes(of, times)));
  const ends = performance.now() + seconds * 1_000;
  const goesOn = () => performance.now() < ends;
  const spread = (periodMs: number, k: number, of: number) => ({ periodMs, offsetMs: (k * periodMs) / of, goesOn });
  await Promise.all([
    ...stage.moderators.map((person, k) =>
      atPace(spread(DECIDES_EVERY_MS, k, stage.moderators.length), moderates(stage, person, items, times)),
    ),
    ...writers.map((save, k) => atPace(spread(SAVES_EVERY_MS, k, writers.length), save)),
  ]);
  const limit = (what: string, list: readonly number[], reference: number): Row => ({
    what: `${what}, p95 at ten times life (${list.length})`,
    measured: quantile(list, 0.95),
    unit: 'ms',
    reference,
    referenceIs: 'the limit',
    atMost: 1,
  });
  const decisionP95 = quantile(times.decision, 0.95);
  const empty = { reference: quantile(times.empty, 0.95), referenceIs: 'empty Update, p95' };
  const against = (what: string, list: readonly number[]): Row => ({
    what,
    measured: quantile(list, 0.95),
    unit: 'ms',
    ...empty,
  });
  const rows: Row[] = [
    limit('decision', times.decision, 150),
    against('the same decisions', times.decision),
    limit('queue page with its exact count', times.queue, 100),
    limit('review data', times.review, 150),
    against(`an OF's save (${times.save.length})`, times.save),
  ];
  return { rows, decisionP95 };
}
