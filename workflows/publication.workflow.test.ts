import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApplicationFailure } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { sql } from 'kysely';
import type { ParisDay } from '../domain/model/ids.ts';
import { instantOf, parisDayOf } from '../domain/model/paris-time.ts';
import { FAULTS, type Fault, faulty } from '../ops/test/faulty.ts';
import { openPublicationScene, type PublicationScene } from '../ops/test/publication-scene.ts';
import { realTemporal } from '../ops/test/temporal.ts';
import type { PublicationActivities } from './publication.ports.ts';

const AT = instantOf('2026-11-24' as ParisDay, 12);

const STEPS = [
  'prepareRelease',
  'freezeRelease',
  'renderRelease',
  'judgeRelease',
  'switchRelease',
  'writeManifest',
  'tellSoumissions',
  'reportRelease',
] as const;

let temporal: TestWorkflowEnvironment;
beforeAll(async () => {
  temporal = await realTemporal();
}, 60_000);
afterAll(() => temporal.teardown());

interface Stage extends PublicationScene {
  readonly releaseRow: (n: number) => Promise<object & { readonly state: string; readonly step: string }>;
  /** Status and fence of every soumission. */
  readonly published: () => Promise<readonly { readonly statut: string; readonly seq: number }[]>;
}

async function staged<T>(run: (stage: Stage) => Promise<T>, now = () => AT as number): Promise<T> {
  const scene = await openPublicationScene(() => temporal, now);
  const { db } = scene;
  try {
    return await run({
      ...scene,
      releaseRow: (n) =>
        db.asWorker((tx) => tx.selectFrom('release').selectAll().where('n', '=', n).executeTakeFirstOrThrow()),
      published: () =>
        db.asWorker(async (tx) => {
          const asked = sql<{ statut: string; seq: number }>`select statut, seq from soumission order by id`;
          return (await asked.execute(tx)).rows;
        }),
    });
  } finally {
    await scene.close();
  }
}

describe('the publication', () => {
  it('goes from freeze to report, and every soumission is publiee once', () =>
    staged(async ({ requested, worker, start, releaseRow, published }) => {
      const { n } = await requested();
      const running = await worker();
      await running.runUntil(async () => (await start(n)).result());
      expect(await releaseRow(n)).toMatchObject({
        state: 'published',
        step: 'done',
        manifest: { release: n, counts: { formations: 3, organismes: 1 } },
        report: { difference: { added: 3, changed: 0, deleted: 0 }, keptOut: [] },
      });
      expect(await published()).toEqual(Array.from({ length: 4 }, () => ({ statut: 'publiee', seq: 4 })));
    }));

  it.each(STEPS)(
    'whose worker dies in %s ends in the whole new release once another one runs',
    (step) =>
      staged(async ({ db, requested, worker, start, releaseRow, published }) => {
        const { n } = await requested();
        // The step takes effect, then its worker is gone before it could say so.
        const dies = new Promise<void>((reached) => {
          const change = (real: PublicationActivities) => ({
            [step]: async (release: number) => {
              await real[step](release);
              reached();
              throw new Error('the worker dies here');
            },
          });
          void worker({ change }).then(async (first) => {
            const stopped = first.run();
            await dies;
            first.shutdown();
            await stopped;
          });
        });
        const handle = await start(n);
        await dies;
        const second = await worker();
        await second.runUntil(() => handle.result());
        expect(await releaseRow(n)).toMatchObject({ state: 'published', step: 'done', manifest: { release: n } });
        expect(await published()).toEqual(Array.from({ length: 4 }, () => ({ statut: 'publiee', seq: 4 })));
        const { rows } = await db.asWorker((tx) =>
          sql<{ members: number; told: number }>`select (select count(*)::int from release_member) as members,
            (select count(*)::int from journal where act = 'publier') as told`.execute(tx),
        );
        expect(rows[0]).toEqual({ members: 4, told: 4 });
      }),
    60_000,
  );

  it('is given up whole when it cannot be rendered: the old set stays and the next one may open', () =>
    staged(async ({ requested, worker, start, releaseRow, published }) => {
      const { n } = await requested();
      const renderRelease = () => Promise.reject(ApplicationFailure.nonRetryable('Cannot render', 'interne'));
      const running = await worker({ change: () => ({ renderRelease }) });
      await running.runUntil(async () => {
        await expect((await start(n)).result()).rejects.toThrow();
      });
      expect(await releaseRow(n)).toMatchObject({ state: 'failed', report: { reason: 'Cannot render' } });
      expect((await published()).map(({ statut }) => statut)).toEqual(Array.from({ length: 4 }, () => 'validee'));
      expect((await requested()).outcome).toBe('opened');
    }));

  it('by the Schedule is the release of its Paris day, once', () =>
    staged(async ({ db, queue, worker }) => {
      const scheduleId = `schedule-${queue}`;
      const schedule = await temporal.client.schedule.create({
        scheduleId,
        spec: { calendars: [{ hour: 4 }], timezone: 'Europe/Paris' },
        action: {
          type: 'startWorkflow',
          workflowType: 'publication',
          workflowId: scheduleId,
          taskQueue: queue,
          args: [{ kind: 'scheduled' }],
        },
      });
      const running = await worker();
      await running.runUntil(async () => {
        await schedule.trigger();
        const runs = async () => (await schedule.describe()).info.recentActions;
        while ((await runs()).length < 1) await new Promise((resolve) => setTimeout(resolve, 100));
        const [first] = await runs();
        if (first?.action.type !== 'startWorkflow') throw new Error('no run');
        await temporal.client.workflow.getHandle(first.action.workflow.workflowId).result();
        const again = await temporal.client.workflow.start('publication', {
          workflowId: `${scheduleId}-again`,
          taskQueue: queue,
          args: [{ kind: 'scheduled' }],
        });
        await again.result();
      });
      await schedule.delete();
      const { rows } = await db.asWorker((tx) =>
        sql<{ day: string; scheduled: boolean; state: string }>`select day, scheduled, state from release`.execute(tx),
      );
      expect(rows).toMatchObject([{ day: parisDayOf(Date.now()), scheduled: true }]);
    }, Date.now));

  it('ends the same whatever fault each of its ports meets once', async () => {
    const struck = (fault: Fault) =>
      staged(async ({ requested, worker, start, releaseRow, published }) => {
        const { n } = await requested();
        const struckWorker = await worker({ change: (real) => faulty(real, fault) });
        await struckWorker.runUntil(async () => (await start(n)).result());
        const { state, step } = await releaseRow(n);
        const rows = await published();
        return {
          fault,
          state,
          step,
          statuts: new Set(rows.map(({ statut }) => statut)),
          seqs: rows.map(({ seq }) => seq),
        };
      });
    // What waits for a time-out is left to the import's test.
    const faults = FAULTS.filter((fault) => fault !== 'timeOut');
    for (const { seqs, ...end } of await Promise.all(faults.map(struck))) {
      expect(end).toEqual({ fault: end.fault, state: 'published', step: 'done', statuts: new Set(['publiee']) });
      expect(new Set(seqs).size).toBe(1);
    }
  }, 120_000);
});
