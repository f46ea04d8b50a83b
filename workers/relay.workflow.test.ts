import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, type Worker } from '@temporalio/worker';
import { pino } from 'pino';
import type { Viewer } from '../db/connect.ts';
import { brouillonFromAccepted, createBrouillon, depositBrouillon } from '../db/moderation/index.ts';
import { actorOf, REGION, Stage } from '../db/moderation/stage.ts';
import { createTestDatabase, type TestDatabase } from '../ops/test/database.ts';
import { testTemporalAddress } from '../ops/test/temporal.ts';
import { INTERACTIF, workflowIdOf } from '../workflows/messages.ts';
import { requestIdOf } from '../workflows/messages-request.ts';
import { reconciliationActivities } from './activities/reconciliation.ts';
import { relayOnce } from './relay.ts';
import { onBehalfInterceptor } from './request-context.ts';
import { stageWorker } from './stage-worker.ts';

/** The relay and the reconciler know one queue and look at every workflow: here they have a namespace to themselves. */
async function ownNamespace(address: string): Promise<Client> {
  const namespace = `relay-${crypto.randomUUID()}`;
  const connection = await Connection.connect({ address });
  const day = { seconds: 86_400 as never };
  await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: day });
  const client = new Client({ connection, namespace, interceptors: { workflow: [onBehalfInterceptor] } });
  for (let tries = 0; tries < 100; tries++) {
    const known = await client.workflow.count().then(
      () => true,
      () => false,
    );
    if (known) return client;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`Temporal never knew the namespace ${namespace}`);
}

describe('what brings workflows to their rows', () => {
  let database: TestDatabase;
  let temporal: Client;
  let native: NativeConnection;
  let stage: Stage;
  let organisme: { id: string; of: Viewer };
  let moderatrice: Viewer;
  let worker: Worker;
  let running: Promise<void>;
  beforeAll(async () => {
    database = await createTestDatabase();
    stage = await Stage.open(database.url);
    temporal = await ownNamespace(testTemporalAddress());
    native = await NativeConnection.connect({ address: testTemporalAddress() });
    const { namespace } = temporal.options;
    worker = await stageWorker({ stage, connection: native, taskQueue: INTERACTIF, options: { namespace } });
    running = worker.run();
    organisme = await stage.organisme();
    moderatrice = await stage.person('moderateur');
  });
  afterAll(async () => {
    worker.shutdown();
    await running;
    await Promise.all([native.close(), temporal.connection.close()]);
    await stage.close();
    await database.drop();
  });
  beforeEach(() => stage.db.asWorker((sql) => sql.updateTable('outbox').set({ done_at: new Date() }).execute()));

  const parts = () => ({ db: stage.db, temporal, region: REGION, log: pino({ level: 'silent' }) });
  const handleOf = (id: string) => temporal.workflow.getHandle(workflowIdOf.soumission(id));
  const age = () =>
    stage.db.asWorker(async (sql) => {
      const before = new Date(Date.now() - 5_000);
      await sql
        .updateTable('outbox')
        .set({ created_at: before, next_try_at: before })
        .where('done_at', 'is', null)
        .execute();
    });
  const waiting = () =>
    stage.db.asWorker((sql) => sql.selectFrom('outbox').selectAll().where('done_at', 'is', null).execute());

  async function until(statut: string, id: string): Promise<void> {
    for (let tries = 0; (await stage.state(id))?.statut !== statut; tries++) {
      if (tries > 100) throw new Error(`soumission ${id} never became ${statut}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async function lateRevision(ficheId: string) {
    return stage.db.asViewer(organisme.of, async (sql) => {
      const { document } = await brouillonFromAccepted(sql, { viewer: organisme.of, ficheId, at: stage.now });
      const deposit = async () => {
        const draft = await createBrouillon(sql, { viewer: organisme.of, document, at: stage.now });
        const by = actorOf(organisme.of);
        return depositBrouillon(sql, { brouillonId: draft.id, by, at: stage.at, dueHour: REGION.dueHour });
      };
      return { first: await deposit(), second: await deposit() };
    });
  }

  it('leaves young tasks to the API, then starts what it could not', async () => {
    const id = await stage.deposit(organisme.of, stage.formation(organisme.id));
    expect(await relayOnce(parts())).toBe(0);
    await age();
    expect(await relayOnce(parts())).toBe(1);
    await until('controlee', id);
    expect(await waiting()).toEqual([]);
  });

  it('says on behalf of which request it starts what the API could not', async () => {
    const { of: viewer } = organisme;
    const { soumissionId } = await stage.db.asViewer(viewer, async (sql) => {
      const document = stage.formation(organisme.id);
      const { id: brouillonId } = await createBrouillon(sql, { viewer, document, at: stage.now });
      const by = actorOf(viewer);
      return depositBrouillon(sql, { brouillonId, by, at: stage.at, dueHour: REGION.dueHour, requestId: 'request-7' });
    });
    await age();
    await relayOnce(parts());
    const { events } = await handleOf(soumissionId).fetchHistory();
    const { header } = events?.[0]?.workflowExecutionStartedEventAttributes ?? {};
    expect(requestIdOf((header?.fields ?? {}) as Parameters<typeof requestIdOf>[0])).toBe('request-7');
  });

  it('brings a frozen brouillon to its open soumission, once', async () => {
    const document = stage.formation(organisme.id);
    await stage.approve(await stage.deposit(organisme.of, document), moderatrice);
    const { first, second } = await lateRevision(document.id);
    expect(second).toMatchObject({ next: 'revise', soumissionId: first.soumissionId });
    await age();
    await relayOnce(parts());
    await until('controlee', first.soumissionId);
    expect((await stage.state(first.soumissionId))?.version).toBe(2);
    expect((await stage.state(second.brouillonId))?.statut).toBe('abandonnee');
    await age();
    expect(await relayOnce(parts())).toBe(0);
  });

  it('deposits anew what the open soumission refused because it closed meanwhile', async () => {
    const document = stage.formation(organisme.id);
    await stage.approve(await stage.deposit(organisme.of, document), moderatrice);
    const { first, second } = await lateRevision(document.id);
    await stage.apply(first.soumissionId, { kind: 'withdraw', by: actorOf(organisme.of) });
    await age();
    await relayOnce(parts());
    await age();
    await relayOnce(parts());
    await until('controlee', second.brouillonId);
    expect((await stage.state(second.brouillonId))?.version).toBe(1);
  });

  it('postpones a task while Temporal does not take it', async () => {
    await stage.deposit(organisme.of, stage.formation(organisme.id));
    await age();
    const workflow = { start: () => Promise.reject(new Error('away')) };
    const { connection } = temporal;
    const away = { connection, workflow } as unknown as ReturnType<typeof parts>['temporal'];
    await relayOnce({ ...parts(), temporal: away });
    const [task] = await waiting();
    expect(task).toMatchObject({ tries: 1, last_error: 'away' });
    expect(task?.next_try_at.getTime()).toBeGreaterThan(Date.now());
  });

  it('starts the workflow of a row that has none', async () => {
    const id = await stage.deposit(organisme.of, stage.formation(organisme.id));
    const { reconcileRows } = reconciliationActivities(parts());
    expect((await reconcileRows(null)).started).toBeGreaterThanOrEqual(1);
    await until('controlee', id);
  });

  it.each([
    ['behind', 1, 'restarted'],
    ['ahead of', -1, 'lost'],
  ] as const)('starts anew a workflow that is %s its row', async (_, moved, outcome) => {
    stage.now -= 3_600_000;
    const id = await stage.deposit(organisme.of, stage.formation(organisme.id));
    stage.now += 3_600_000;
    await age();
    await relayOnce(parts());
    await until('controlee', id);
    const before = await handleOf(id).describe();
    await stage.db.asWorker(async (sql) => {
      const { seq } = await sql.selectFrom('soumission').select('seq').where('id', '=', id).executeTakeFirstOrThrow();
      await sql
        .updateTable('soumission')
        .set({ seq: seq + moved })
        .where('id', '=', id)
        .execute();
    });
    const { reconcileRows } = reconciliationActivities(parts(), () => Date.now() + 120_000);
    const listed = async () => {
      const page = await reconcileRows(null);
      return outcome === 'lost' ? page.lost.includes(id) : page.restarted > 0;
    };
    for (let tries = 0; !(await listed()); tries++) {
      if (tries > 50) throw new Error('the reconciler never saw it');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect((await handleOf(id).describe()).runId).not.toBe(before.runId);
  });

  it('ends a workflow whose row is gone', async () => {
    const id = crypto.randomUUID();
    await temporal.workflow.start('soumission', {
      workflowId: workflowIdOf.soumission(id),
      taskQueue: `nobody-${id}`,
      args: [id],
    });
    const { endOrphans } = reconciliationActivities(parts());
    let lost: readonly string[] = [];
    for (let tries = 0; tries < 50 && !lost.includes(id); tries++) lost = await endOrphans();
    expect(lost).toContain(id);
    expect((await handleOf(id).describe()).status.name).toBe('TERMINATED');
  });

  it('gives up the drafts that nobody touched for half a year', async () => {
    const { of: viewer } = organisme;
    const at = Date.now() - 181 * 86_400_000;
    const draft = await stage.db.asViewer(viewer, (sql) =>
      createBrouillon(sql, { viewer, document: stage.formation(organisme.id), at }),
    );
    const { abandonForgotten } = reconciliationActivities(parts());
    expect(await abandonForgotten()).toBeGreaterThanOrEqual(1);
    expect((await stage.state(draft.id))?.statut).toBe('abandonnee');
  });
});
