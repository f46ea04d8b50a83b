import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { pauseRelease, resumeRelease } from '../db/publication/acts.ts';
import { addDays } from '../domain/model/calendar.ts';
import type { ParisDay } from '../domain/model/ids.ts';
import { instantOf } from '../domain/model/paris-time.ts';
import { until } from '../ops/drill/until.ts';
import { openPublicationScene, type PublicationScene } from '../ops/test/publication-scene.ts';
import { realTemporal } from '../ops/test/temporal.ts';
import { SIGNALS } from './messages.ts';

const DAY = '2026-11-24' as ParisDay;
const NEXT_DAY = addDays(DAY, 1);
const act = { by: '00000000-0000-4000-8000-0000000000aa', at: '2026-11-24T10:00:00Z', reason: 'looked at' };
/** Together more than what a server lets a history hold before it asks for another one: as days of waiting would. */
const LETTERS = 6;
const LETTER = 'x'.repeat(900_000);

describe('a release that is paused for days', () => {
  let temporal: TestWorkflowEnvironment;
  let scene: PublicationScene;
  beforeAll(async () => {
    temporal = await realTemporal();
    scene = await openPublicationScene(
      () => temporal,
      () => instantOf(DAY, 12),
    );
  });
  afterAll(async () => {
    await scene.close();
    await temporal.teardown();
  });

  const runOf = async (handle: WorkflowHandle) => (await handle.describe()).runId;

  it('goes on at last, and so does the scheduled one that waits for it: no history grows for ever', async () => {
    const { n } = await scene.requested();
    await scene.db.asWorker((tx) => pauseRelease(tx, n, act));
    const worker = await scene.worker();
    await worker.runUntil(async () => {
      const paused = await scene.start(n);
      const scheduled = await temporal.client.workflow.start('publication', {
        workflowId: `scheduled-${scene.queue}`,
        taskQueue: scene.queue,
        args: [{ kind: 'scheduled', at: instantOf(NEXT_DAY, 4) }],
      });
      for (const handle of [paused, scheduled]) {
        const first = await runOf(handle);
        for (let i = 0; i < LETTERS; i += 1) await handle.signal(SIGNALS.releaseMoved, LETTER);
        await until(
          () => runOf(handle),
          (run) => run !== first,
        );
      }
      await scene.db.asWorker((tx) => resumeRelease(tx, n));
      await paused.signal(SIGNALS.releaseMoved);
      await paused.result();
      await scheduled.result();
    });
    const releases = await scene.db.asWorker((tx) =>
      tx.selectFrom('release').select(['day', 'scheduled', 'state']).orderBy('n').execute(),
    );
    expect(releases).toEqual([
      { day: DAY, scheduled: false, state: 'published' },
      { day: NEXT_DAY, scheduled: true, state: 'published' },
    ]);
  }, 120_000);
});
