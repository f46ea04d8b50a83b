import { Router } from 'express';
import { sql as raw } from 'kysely';
import { INTERACTIF, LOTS } from '../workflows/messages.ts';
import type { ApiDeps } from './deps.ts';

const CACHE_MS = 1_000;
const DEADLINE_MS = 2_000;
/** A worker's long poll lasts a minute; one that was not seen for longer is gone. */
const POLLER_FRESH_MS = 75_000;
/** `TaskQueueType` of Temporal's protocol. */
const WORKFLOW_TASKS = 1;

export interface Readiness {
  readonly ready: boolean;
  readonly database: boolean;
  readonly temporal: boolean;
  readonly workers: { readonly [queue: string]: boolean };
}

async function databaseAnswers({ db }: ApiDeps): Promise<boolean> {
  return db
    .asViewer(null, (sql) => raw`select 1`.execute(sql))
    .then(
      () => true,
      () => false,
    );
}

/** Whether some worker polls the queue; throws when Temporal does not answer. */
export async function isPolled(
  { temporal, settings }: ApiDeps,
  name: string,
  deadlineMs = DEADLINE_MS,
): Promise<boolean> {
  const { connection } = await temporal();
  const described = await connection.withDeadline(Date.now() + deadlineMs, () =>
    connection.workflowService.describeTaskQueue({
      namespace: settings.temporal.namespace,
      taskQueue: { name },
      taskQueueType: WORKFLOW_TASKS,
    }),
  );
  return (described.pollers ?? []).some(
    ({ lastAccessTime }) => Date.now() - Number(lastAccessTime?.seconds ?? 0) * 1_000 < POLLER_FRESH_MS,
  );
}

async function readReadiness(deps: ApiDeps): Promise<Readiness> {
  const queues = [INTERACTIF, LOTS];
  const polled = Promise.all(queues.map((queue) => isPolled(deps, queue))).then(
    (answers) => ({ temporal: true, answers }),
    () => ({ temporal: false, answers: queues.map(() => false) }),
  );
  const [database, { temporal, answers }] = await Promise.all([databaseAnswers(deps), polled]);
  const workers = Object.fromEntries(queues.map((queue, index) => [queue, answers[index] ?? false]));
  return { ready: database && temporal && answers.every(Boolean), database, temporal, workers };
}

/** `/healthz`: the process lives. `/readyz`: database, Temporal and a worker on both queues; read at most once a second. */
export function healthRouter(deps: ApiDeps): Router {
  let cached: { readonly at: number; readonly readiness: Promise<Readiness> } | undefined;
  const readiness = () => {
    if (cached === undefined || Date.now() - cached.at > CACHE_MS) {
      cached = { at: Date.now(), readiness: readReadiness(deps) };
    }
    return cached.readiness;
  };
  return Router()
    .get('/healthz', (_req, res) => {
      res.set('Cache-Control', 'no-store').json({ alive: true });
    })
    .get('/readyz', async (_req, res) => {
      const now = await readiness();
      if (!now.ready) res.set('Retry-After', '1');
      res
        .status(now.ready ? 200 : 503)
        .set('Cache-Control', 'no-store')
        .json(now);
    });
}
