import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Database } from '../../db/connect.ts';
import { latestManifest } from '../../db/publication/published.ts';
import { openRelease } from '../../db/publication/releases.ts';
import type { ParisDay } from '../../domain/model/ids.ts';
import { instantOf } from '../../domain/model/paris-time.ts';
import { createTestDatabase } from '../../ops/test/database.ts';
import { releaseOn, runRelease } from './sample-release.ts';
import { SampleSet, sampleFormation } from './sample-set.ts';

const DAY = '2026-11-24' as ParisDay;
const NEXT_DAY = '2026-11-25' as ParisDay;
/** How many instants of a release are struck, spread over its transactions; `SOFI_CRASHES=40` for the full count. */
const CRASHES = Number(process.env.SOFI_CRASHES ?? '5');
class Crash extends Error {}

/** The database of a worker that dies at its `at`-th transaction, before it began or once it was committed. */
function dying(db: Database, at: number, committed: boolean): { readonly db: Database; readonly count: () => number } {
  let count = 0;
  const struckAt =
    (door: Database['asWorker']): Database['asWorker'] =>
    async (work) => {
      count += 1;
      if (count === at && !committed) throw new Crash();
      const answer = await door(work);
      if (count === at) throw new Crash();
      return answer;
    };
  const doors: Partial<Database> = {
    asWorker: struckAt((work) => db.asWorker(work)),
    asWorkerAtLength: struckAt((work) => db.asWorkerAtLength(work)),
  };
  const struck = new Proxy(db, {
    get: (target, name) => Reflect.get(doors, name) ?? Reflect.get(target, name, target),
  });
  return { db: struck, count: () => count };
}

/** A published set of three, then a day that changes one, adds one and withdraws one, its release open. */
async function aDay(): Promise<{ set: SampleSet; before: string; n: number }> {
  const set = await SampleSet.open(await createTestDatabase());
  await set.organisme(DAY);
  for (const k of [1, 2, 3]) await set.accept(sampleFormation(k, { sessions: 2 }), { day: DAY });
  const before = await set.file(await releaseOn(set.db, DAY));
  await set.accept(sampleFormation(1, { sessions: 2, titre: 'Ébénisterie' }), { day: NEXT_DAY });
  await set.accept(sampleFormation(4), { day: NEXT_DAY });
  await set.accept(sampleFormation(3, { sessions: 2 }), { day: NEXT_DAY, retrait: true });
  const at = instantOf(NEXT_DAY, 4);
  const { n } = await set.db.asWorker((tx) =>
    openRelease(tx, { kind: 'normal', scheduled: true, day: NEXT_DAY, requestedBy: null, at }),
  );
  return { set, before, n };
}

describe('a worker that dies within a step of a release', () => {
  let after: string;
  let transactions: number;
  beforeAll(async () => {
    const { set, n, before } = await aDay();
    const { db, count } = dying(set.db, 0, false);
    await runRelease(db, n);
    after = await set.file(n);
    transactions = count();
    await set.close();
    expect(after).not.toBe(before);
  }, 120_000);

  it.each(Array.from({ length: CRASHES }, (_, k) => [(k + 0.5) / CRASHES, k % 2 === 0] as const))(
    'after %d of it leaves the old release or the new one, and who goes on ends with the same bytes; its last transaction stayed: %s',
    async (share, committed) => {
      const { set, before, n } = await aDay();
      try {
        const at = 1 + Math.floor(share * transactions);
        await expect(runRelease(dying(set.db, at, committed).db, n)).rejects.toBeInstanceOf(Crash);
        const served = await set.db.asWorker(latestManifest);
        expect([before, after]).toContain(await set.file(served?.manifest.release ?? 0));
        await runRelease(set.db, n);
        expect(await set.file(n)).toBe(after);
        expect(await set.record(n)).toMatchObject({ state: 'published', step: 'done' });
      } finally {
        await set.close();
      }
    },
    120_000,
  );
});
