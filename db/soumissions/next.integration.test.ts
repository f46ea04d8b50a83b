import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../ops/test/database.ts';
import { Stage } from '../moderation/stage.ts';
import { type Found, setAsideNext } from './next.ts';

const ITEMS = 64;
const AT_ONCE = 8;

describe('the next item for a moderator', () => {
  let database: TestDatabase;
  let stage: Stage;
  beforeAll(async () => {
    database = await createTestDatabase();
    stage = await Stage.open(database.url);
  });
  afterAll(async () => {
    await stage.close();
    await database.drop();
  });

  it('is found for each of many who look at the same instant, as long as one is left', async () => {
    const { id: organisme, of } = await stage.organisme();
    const waiting: string[] = [];
    for (let n = 0; n < ITEMS; n += 1) {
      const id = await stage.deposit(of, stage.formation(organisme));
      await stage.check(id);
      waiting.push(id);
    }
    const viewer = await stage.person('moderateur');
    const look = (): Promise<Found | undefined> =>
      stage.db.asViewer(viewer, (sql) => setAsideNext(sql, { viewer, at: Date.now(), passed: [] }));
    const given: (string | undefined)[] = [];
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let own = 0; own < ITEMS / AT_ONCE; ) {
          const found = await look();
          if (found?.mine === false) continue;
          given.push(found?.id);
          own += 1;
        }
      }),
    );
    expect(new Set(given)).toEqual(new Set(waiting));
    expect(given).toHaveLength(ITEMS);
    expect(await look()).toBeUndefined();
  });
});
