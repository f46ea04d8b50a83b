import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { type Database, openDatabase } from '../../db/connect.ts';
import { openRelease } from '../../db/publication/releases.ts';
import type { ParisDay } from '../../domain/model/ids.ts';
import { instantOf } from '../../domain/model/paris-time.ts';
import { createTestDatabase, type TestDatabase } from '../../ops/test/database.ts';
import { freezeOnce, prepareOnce } from './publication-steps.ts';
import { SampleSet } from './sample-set.ts';

const DAY = '2026-11-24' as ParisDay;
const PATIENCE_MS = 300;

let set: SampleSet;
let hasty: Database;
let test: TestDatabase;

beforeEach(async () => {
  test = await createTestDatabase();
  set = await SampleSet.open(test);
  await set.organisme(DAY);
  hasty = await openDatabase({ url: test.url, poolMax: 2, name: 'hasty', statementTimeoutMs: PATIENCE_MS });
});
afterEach(async () => {
  await hasty.close();
  await set.close();
});

/** Holds a table until somebody has waited for it thrice as long as a statement may last. */
async function held(table: string): Promise<() => Promise<void>> {
  let free = () => {};
  const freed = new Promise<void>((resolve) => {
    free = resolve;
  });
  let isHeld = () => {};
  const holding = new Promise<void>((resolve) => {
    isHeld = resolve;
  });
  const done = set.db.asWorker(async (tx) => {
    await sql`lock table ${sql.table(table)} in exclusive mode`.execute(tx);
    isHeld();
    await freed;
  });
  await holding;
  return async () => {
    for (let waited = false; !waited; ) {
      const { rows } = await set.db.asWorker((tx) =>
        sql`select 1 from pg_locks l where not l.granted and l.relation = ${table}::regclass
          and l.waitstart < clock_timestamp() - make_interval(secs => ${(3 * PATIENCE_MS) / 1_000})`.execute(tx),
      );
      waited = rows.length > 0;
    }
    free();
    await done;
  };
}

describe('what a release does over the whole offer', () => {
  it('may last longer than a statement for a person', async () => {
    const at = instantOf(DAY, 12);
    const request = { kind: 'normal', scheduled: false, day: DAY, requestedBy: null, at } as const;
    const { n } = await set.db.asWorker((tx) => openRelease(tx, request));
    await prepareOnce(set.db, n, () => undefined);
    const free = await held('release_change');
    const [frozen] = await Promise.all([freezeOnce(hasty, n), free()]);
    expect(frozen).toBe(1);
  });

  it('leaves the next transaction of the connection as hasty as ever', async () => {
    await hasty.asWorkerAtLength((tx) => sql`select 1`.execute(tx));
    await expect(hasty.asWorker((tx) => sql`select pg_sleep(5)`.execute(tx))).rejects.toThrow(/timeout/);
  });
});
