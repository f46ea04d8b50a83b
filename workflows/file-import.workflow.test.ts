import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { type Database, openDatabase } from '../db/connect.ts';
import { aPerson, storeFile } from '../db/imports/sample-file.ts';
import { aLheoFile, aReceived } from '../domain/lheo/fiche/sample-lheo.ts';
import { PAYS_DE_LA_LOIRE } from '../domain/model/region.ts';
import { createTestDatabase, type TestDatabase } from '../ops/test/database.ts';
import { FAULTS, faulty } from '../ops/test/faulty.ts';
import { realTemporal } from '../ops/test/temporal.ts';
import { fileImportActivities } from '../workers/activities/file-import.ts';
import { testBundle } from '../workers/stage-worker.ts';
import type { FileImportActivities } from './file-import.ports.ts';
import { WORKFLOWS, workflowIdOf } from './messages.ts';

let temporal: TestWorkflowEnvironment;
let test: TestDatabase;
let db: Database;

beforeAll(async () => {
  temporal = await realTemporal();
});
afterAll(() => temporal.teardown());
beforeEach(async () => {
  test = await createTestDatabase();
  db = await openDatabase({ url: test.url, poolMax: 4 });
});
afterEach(async () => {
  await db.close();
  await test.drop();
});

const activities = (rows = db) => fileImportActivities({ db: rows, region: PAYS_DE_LA_LOIRE });

/** Runs one import to its end by a worker whose activities may be replaced; gives its row. */
async function imported(id: string, over: Partial<FileImportActivities> = {}, rows = db) {
  const taskQueue = `import-${id}`;
  const worker = await Worker.create({
    connection: temporal.nativeConnection,
    taskQueue,
    workflowBundle: await testBundle(),
    activities: { ...activities(rows), ...over },
    shutdownForceTime: 500,
    shutdownGraceTime: 100,
  });
  await worker.runUntil(() =>
    temporal.client.workflow.execute(WORKFLOWS.import, { workflowId: workflowIdOf.import(id), taskQueue, args: [id] }),
  );
  return rows.asWorker((sql) => sql.selectFrom('import').selectAll().where('id', '=', id).executeTakeFirstOrThrow());
}

const pieces = (rows = db) => rows.asWorker((sql) => sql.selectFrom('import_octets').select('rang').execute());
const soumissions = (rows = db) => rows.asWorker((sql) => sql.selectFrom('soumission').select('id').execute());
const STRUCK = FAULTS.flatMap((fault) => (['runImport', 'endImport'] as const).map((port) => ({ fault, port })));
const file = (n: number) => aLheoFile(Array.from({ length: n }, (_, k) => aReceived(k + 1)));

describe('the import of a file', () => {
  it('ends with its report, and its bytes are forgotten', async () => {
    const id = await storeFile(db, await aPerson(db, 'moderateur'), file(3));
    const row = await imported(id);
    expect(row).toMatchObject({ state: 'done', read: 3, created: 3, organismes_created: 1, error: null });
    expect(row.finished_at).not.toBeNull();
    expect(await pieces()).toEqual([]);
  });

  it('goes on from its last page when its activity dies, and makes nothing twice', async () => {
    const id = await storeFile(db, await aPerson(db, 'moderateur'), file(120));
    const real = activities();
    let runs = 0;
    const row = await imported(id, {
      runImport: async (asked) => {
        runs += 1;
        if (runs > 1) return real.runImport(asked);
        const { runImport } = await import('../db/imports/run-import.ts');
        await runImport(db, asked, {
          region: PAYS_DE_LA_LOIRE,
          now: () => Date.now() as never,
          onPage: () => {
            throw new Error('the worker is gone');
          },
        });
      },
    });
    expect(runs).toBe(2);
    expect(row).toMatchObject({ state: 'done', read: 120, created: 120, cursor: 120 });
    expect(await soumissions()).toHaveLength(121);
  });

  it('fails with a code, once and for all, when its file cannot be read', async () => {
    const id = await storeFile(db, await aPerson(db, 'moderateur'), file(2).slice(0, -40));
    const row = await imported(id);
    expect(row).toMatchObject({ state: 'failed', error: { code: 'xml-mal-forme' } });
  });

  it('does nothing when it is started again after its end', async () => {
    const id = await storeFile(db, await aPerson(db, 'moderateur'), file(2));
    await imported(id);
    const before = await soumissions();
    expect(await imported(id)).toMatchObject({ state: 'done', read: 2, created: 2 });
    expect(await soumissions()).toEqual(before);
  });

  /** What an import leaves when one of its ports met a fault, in a database of its own. */
  async function struck({ fault, port }: (typeof STRUCK)[number]) {
    const { url, drop } = await createTestDatabase();
    const rows = await openDatabase({ url, poolMax: 2 });
    const id = await storeFile(rows, await aPerson(rows, 'moderateur'), file(60));
    const { state, read, created, cursor, refused, error } = await imported(
      id,
      faulty(activities(rows), fault, (name) => name === port),
      rows,
    );
    const left = [(await soumissions(rows)).length, (await pieces(rows)).length];
    await rows.close();
    await drop();
    return { state, read, created, cursor, refused, error, left };
  }

  it('ends the same whatever fault whichever of its ports meets', async () => {
    const ends = await Promise.all(STRUCK.map(struck));
    const whole = { state: 'done', read: 60, created: 60, cursor: 60, refused: 0, error: null, left: [61, 0] };
    expect(STRUCK.map((one, n) => ({ ...one, ...ends[n] }))).toEqual(STRUCK.map((one) => ({ ...one, ...whole })));
  }, 180_000);

  it('ends failed, naming the line, when the data of a page make it fail each time', async () => {
    await db.orm.em
      .getConnection()
      .execute(`alter table soumission add constraint never check (import_id is null) not valid`);
    const id = await storeFile(db, await aPerson(db, 'moderateur'), file(3));
    const row = await imported(id);
    expect(row).toMatchObject({
      state: 'failed',
      created: 0,
      error: { code: 'page-impossible', line: expect.any(Number) },
    });
  });
});
