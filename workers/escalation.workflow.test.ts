import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Stage } from '../db/moderation/stage.ts';
import { createTestDatabase, type TestDatabase } from '../ops/test/database.ts';
import { timeSkippingTemporal } from '../ops/test/temporal.ts';
import { UPDATES } from '../workflows/messages.ts';
import { stageWorker, updateSoumission } from './stage-worker.ts';

/** `npm run drill -- escalation` asks for ten thousand. */
const ITEMS = Number(process.env.SOFI_ESCALATED ?? '30');
const AT_ONCE = 10;
const QUEUE = 'escalation';
/** Tuesday 10:00 in Paris: traitement is due on Thursday at 18:00, moderators are told at 14:00. */
const DEPOSIT = Date.parse('2027-06-01T08:00Z');
const TOLD = Date.parse('2027-06-03T12:00Z');
const WITHIN_MS = 60 * 60_000;

describe('many promises due at one hour', () => {
  let database: TestDatabase;
  let temporal: TestWorkflowEnvironment;
  let stage: Stage;
  beforeAll(async () => {
    database = await createTestDatabase();
    [stage, temporal] = await Promise.all([Stage.open(database.url), timeSkippingTemporal()]);
  });
  afterAll(async () => {
    await temporal.teardown();
    await stage.close();
    await database.drop();
  });

  const told = () =>
    stage.db.asWorker((sql) =>
      sql
        .selectFrom('avis')
        .select('at')
        .where('kind', '=', 'escalade')
        .where('audience', '=', 'moderateurs')
        .execute(),
    );

  it(
    'are told once each, by and by, before their hour',
    async () => {
      const { id: organisme, of } = await stage.organisme();
      await temporal.sleep(Math.max(1, DEPOSIT - (await temporal.currentTimeMs())));
      stage.now = DEPOSIT;
      const worker = await stageWorker({ stage, connection: temporal.nativeConnection, taskQueue: QUEUE });
      await worker.runUntil(async () => {
        let left = ITEMS;
        const hand = async () => {
          while (left-- > 0) {
            const id = await stage.deposit(of, stage.formation(organisme));
            await updateSoumission(temporal.client, { id, taskQueue: QUEUE, update: UPDATES.checked });
          }
        };
        await Promise.all(Array.from({ length: AT_ONCE }, hand));
        const began = performance.now();
        await temporal.sleep(TOLD + 1 - (await temporal.currentTimeMs()));
        while ((await told()).length < ITEMS) await sleep(200);
        const seconds = (performance.now() - began) / 1_000;
        console.info(
          `${ITEMS} items told of in ${seconds.toFixed(1)} s of work, ${(ITEMS / seconds).toFixed(0)}/s, over ten minutes`,
        );
      });
      const instants = (await told()).map(({ at }) => at.getTime());
      expect(instants).toHaveLength(ITEMS);
      expect(Math.max(...instants)).toBeLessThanOrEqual(TOLD + 60_000);
      expect(new Set(instants.map((at) => Math.floor(at / 60_000))).size).toBeGreaterThan(3);
    },
    WITHIN_MS,
  );
});
