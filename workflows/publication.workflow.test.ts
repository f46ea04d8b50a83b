import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApplicationFailure } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { bundleWorkflowCode, Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { sql } from 'kysely';
import { openDatabase } from '../db/connect.ts';
import { openRelease } from '../db/publication/releases.ts';
import { acceptSample } from '../db/publication/sample-offre.ts';
import { actionId, aFormation, anAction, anOrganisme, aSession, ficheId, sessionId } from '../domain/model/builders.ts';
import type { ParisDay } from '../domain/model/ids.ts';
import { instantOf, parisDayOf } from '../domain/model/paris-time.ts';
import { PAYS_DE_LA_LOIRE } from '../domain/model/region.ts';
import { createTestDatabase } from '../ops/test/database.ts';
import { FAULTS, type Fault, faulty } from '../ops/test/faulty.ts';
import { realTemporal } from '../ops/test/temporal.ts';
import { publicationActivities } from '../workers/activities/publication.ts';
import { readWorkerSettings } from '../workers/settings.ts';
import { workflowIdOf } from './messages.ts';
import type { PublicationActivities } from './publication.ports.ts';

const DAY = '2026-11-24' as ParisDay;
const AT = instantOf(DAY, 12);

let temporal: TestWorkflowEnvironment;
let bundle: WorkflowBundleWithSourceMap;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sofi-publication-'));
  temporal = await realTemporal();
  bundle = await bundleWorkflowCode({ workflowsPath: new URL('./publication.ts', import.meta.url).pathname });
}, 60_000);
afterAll(async () => {
  await temporal.teardown();
  await rm(folder, { recursive: true, force: true });
});

/** An accepted offer of three formations in a database of its own, and who publishes it. */
async function openStage() {
  const { url, drop } = await createTestDatabase();
  const db = await openDatabase({ url, poolMax: 6 });
  const queue = `publication-${crypto.randomUUID()}`;
  // Workflow ids carry the release's number and the server is shared: no two tests publish the same one.
  await db.orm.em.getConnection().execute(`select setval('release_n_seq', ${1 + Math.floor(Math.random() * 1e9)})`);
  await db.asWorker(async (tx) => {
    await acceptSample(tx, anOrganisme(), { day: DAY });
    for (const k of [1, 2, 3]) {
      const actions = [
        anAction({
          id: actionId(k),
          numero: `21_A${k}`,
          sessions: [aSession({ id: sessionId(k), numero: `21_S${k}` })],
        }),
      ];
      await acceptSample(tx, aFormation({ id: ficheId(100 + k), numero: `21_${k}`, actions }), { day: DAY });
    }
  });
  const settings = readWorkerSettings({ DATABASE_URL: url, SOFI_DATA: folder });
  const parts = { db, temporal: temporal.client, region: PAYS_DE_LA_LOIRE, settings };
  const activities = publicationActivities(parts, () => AT);
  return {
    db,
    queue,
    activities,
    worker: (over: Partial<PublicationActivities> = {}): Promise<Worker> =>
      Worker.create({
        connection: temporal.nativeConnection,
        taskQueue: queue,
        workflowBundle: bundle,
        activities: { ...activities, ...over },
        shutdownForceTime: 500,
        shutdownGraceTime: 100,
      }),
    requested: () =>
      db.asWorker((tx) => openRelease(tx, { kind: 'normal', scheduled: false, day: DAY, requestedBy: null, at: AT })),
    start: (n: number) =>
      temporal.client.workflow.start('publication', {
        workflowId: workflowIdOf.publication(n),
        taskQueue: queue,
        args: [{ kind: 'release', n }],
      }),
    releaseRow: (n: number) =>
      db.asWorker((tx) => tx.selectFrom('release').selectAll().where('n', '=', n).executeTakeFirstOrThrow()),
    published: () =>
      db.asWorker(async (tx) => {
        const asked = sql<{ statut: string; seq: number }>`select statut, seq from soumission order by id`;
        return (await asked.execute(tx)).rows;
      }),
    async close() {
      await db.close();
      await drop();
    },
  };
}
type PublicationStage = Awaited<ReturnType<typeof openStage>>;

async function staged<T>(run: (stage: PublicationStage) => Promise<T>): Promise<T> {
  const stage = await openStage();
  try {
    return await run(stage);
  } finally {
    await stage.close();
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

  it.each(['renderRelease', 'switchRelease', 'writeManifest', 'tellSoumissions'] as const)(
    'whose worker dies in %s ends in the whole new release once another one runs',
    (step) =>
      staged(async ({ db, activities: real, requested, worker, start, releaseRow, published }) => {
        const { n } = await requested();
        // The step takes effect, then its worker is gone before it could say so.
        const dies = new Promise<void>((reached) => {
          void worker({
            [step]: async (release: number) => {
              await real[step](release);
              reached();
              throw new Error('the worker dies here');
            },
          }).then(async (first) => {
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
      const running = await worker({
        renderRelease: () => Promise.reject(ApplicationFailure.nonRetryable('Cannot render', 'interne')),
      });
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
      expect(rows).toEqual([{ day: parisDayOf(Date.now()), scheduled: true, state: 'published' }]);
    }));

  it('ends the same whatever fault each of its ports meets once', async () => {
    const struck = (fault: Fault) =>
      staged(async ({ activities, requested, worker, start, releaseRow, published }) => {
        const { n } = await requested();
        await (await worker(faulty(activities, fault))).runUntil(async () => (await start(n)).result());
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
