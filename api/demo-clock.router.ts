import { z } from 'zod';
import type { Sql } from '../db/connect.ts';
import { businessDay, daysAhead } from '../db/horloge.ts';
import { uuid } from '../domain/contract/common.ts';
import { type DemoClock, demoClock } from '../domain/contract/fraicheur.contract.ts';
import { SofiError } from '../domain/model/errors.ts';
import { LOTS, TASK_TIMEOUT, WORKFLOWS } from '../workflows/messages.ts';
import type { ApiDeps } from './deps.ts';
import { type Endpoint, endpoint } from './endpoint.ts';

const START_DEADLINE_MS = 4_000;
const DAYS_MAX = 400;

function requireDemo({ settings }: ApiDeps): void {
  if (!settings.demo) throw new SofiError('introuvable', 'Cannot move the clock outside demo mode');
}

type Run = NonNullable<DemoClock['run']>;

async function readRun(sql: Sql, id: string | undefined): Promise<Run | null> {
  const query = sql.selectFrom('horloge_avance').select(['id', 'jours', 'faits', 'state', 'step']);
  const row = await (id === undefined
    ? query.orderBy('id', 'desc').limit(1)
    : query.where('id', '=', id)
  ).executeTakeFirst();
  return row ?? null;
}

async function readClock(sql: Sql, id?: string): Promise<DemoClock> {
  const run = await readRun(sql, id);
  if (run === null && id !== undefined) throw new SofiError('introuvable', `Cannot find the move of the clock "${id}"`);
  return { jour: await businessDay(sql, Date.now()), avance: await daysAhead(sql), run };
}

/** Its row names the run: a start that was lost is made again by whoever asks next. */
async function startRun(deps: ApiDeps, id: string): Promise<void> {
  const client = await deps.temporal();
  await client.connection.withDeadline(Date.now() + START_DEADLINE_MS, () =>
    client.workflow.start(WORKFLOWS.demoClock, {
      workflowId: `horloge-${id}`,
      taskQueue: LOTS,
      args: [id],
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowTaskTimeout: TASK_TIMEOUT,
    }),
  );
}

const move = endpoint({
  method: 'post',
  path: '/demo/clock',
  summary: 'Demo only: moves business time forward day by day, each with a freshness pass and a release',
  tag: 'administration',
  access: ['read', 'reglage'],
  idempotency: 'optional',
  body: z.strictObject({ days: z.int().min(1).max(DAYS_MAX) }),
  answers: { 202: demoClock },
  async handle({ deps, viewer, body: { days } }) {
    requireDemo(deps);
    await deps.temporal();
    const id = await deps.db.asViewer(viewer, async (sql) => {
      const made = await sql
        .insertInto('horloge_avance')
        .values({ jours: days, jour: await businessDay(sql, Date.now()), at: new Date() })
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .executeTakeFirst();
      return made?.id;
    });
    const running = id ?? (await deps.db.asViewer(viewer, (sql) => readRun(sql, undefined)))?.id ?? '';
    await startRun(deps, running);
    if (id === undefined)
      throw new SofiError('release-ouverte', 'Cannot move the clock: it is moving', { retryAfter: 5 });
    const headers = { Location: `/api/v1/demo/clock/${id}` };
    return { status: 202, headers, body: await deps.db.asViewer(viewer, (sql) => readClock(sql, id)) };
  },
});

const now = endpoint({
  method: 'get',
  path: '/demo/clock',
  summary: 'Demo only: the business day, and the last move of the clock',
  tag: 'administration',
  access: ['read', 'reglage'],
  answers: { 200: demoClock },
  async handle({ deps, viewer }) {
    requireDemo(deps);
    return { body: await deps.db.asViewer(viewer, (sql) => readClock(sql)) };
  },
});

const one = endpoint({
  method: 'get',
  path: '/demo/clock/{id}',
  summary: 'Demo only: how far a move of the clock is',
  tag: 'administration',
  access: ['read', 'reglage'],
  params: z.strictObject({ id: uuid }),
  answers: { 200: demoClock },
  async handle({ deps, viewer, params: { id } }) {
    requireDemo(deps);
    return { body: await deps.db.asViewer(viewer, (sql) => readClock(sql, id)) };
  },
});

/** `/demo/clock`: the business clock of the demo; workflow timers stay on real time. */
export const demoClockEndpoints: readonly Endpoint[] = [move, now, one];
