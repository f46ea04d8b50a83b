import { WithStartWorkflowOperation } from '@temporalio/client';
import { markTaskDone } from '../db/moderation/index.ts';
import {
  depositRefused,
  type OutboxTask,
  postponeTask,
  readRevision,
  requestOf,
  takeTasks,
} from '../db/moderation/outbox-tasks.ts';
import type { InstantMs } from '../domain/model/ids.ts';
import { LOTS, type SoumissionAnswer, TASK_TIMEOUT, UPDATES, WORKFLOWS, workflowIdOf } from '../workflows/messages.ts';
import type { WorkerDeps } from './deps.ts';
import { onBehalfOf } from './request-context.ts';
import { soumissionStart, startSoumission } from './start-soumission.ts';
import { updateRefusal } from './update-refusal.ts';

const EVERY_MS = 500;
const BATCH = 50;
const DEADLINE_MS = 5_000;

type Parts = Pick<WorkerDeps, 'db' | 'temporal' | 'region' | 'log'>;

async function revise({ temporal }: Parts, task: OutboxTask): Promise<void> {
  await temporal.workflow.executeUpdateWithStart<never, SoumissionAnswer, object[]>(UPDATES.revise, {
    updateId: `outbox-${task.id}`,
    args: [readRevision(task)],
    startWorkflowOperation: new WithStartWorkflowOperation(
      WORKFLOWS.soumission,
      soumissionStart(task.subjectId),
    ) as WithStartWorkflowOperation<never>,
  });
}

async function startImport({ temporal }: Parts, task: OutboxTask): Promise<void> {
  await temporal.workflow.start(WORKFLOWS.import, {
    workflowId: workflowIdOf.import(task.subjectId),
    taskQueue: LOTS,
    args: [task.subjectId],
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowTaskTimeout: TASK_TIMEOUT,
  });
}

const TELL: Record<OutboxTask['kind'], (parts: Parts, task: OutboxTask) => Promise<void>> = {
  start: ({ temporal }, task) => startSoumission(temporal, task.subjectId),
  revise,
  import: startImport,
};

async function deliver(parts: Parts, task: OutboxTask): Promise<void> {
  const { db, temporal, region, log } = parts;
  try {
    await temporal.connection.withDeadline(Date.now() + DEADLINE_MS, () =>
      onBehalfOf(requestOf(task), () => TELL[task.kind](parts, task)),
    );
    await db.asWorker((sql) => markTaskDone(sql, task.id));
  } catch (error) {
    const code = updateRefusal(error)?.code;
    if (task.kind === 'revise' && code !== undefined) {
      const refusal = { code, at: Date.now() as InstantMs, dueHour: region.dueHour };
      await db.asWorker((sql) => depositRefused(sql, task, refusal));
      return;
    }
    log.warn({ task: task.id, kind: task.kind, tries: task.tries, err: error }, 'task of the outbox postponed');
    await db.asWorker((sql) => postponeTask(sql, task, error instanceof Error ? error.message : String(error)));
  }
}

/** Tells the workflows what the API could not, once; answers how many tasks it took. */
export async function relayOnce(parts: Parts): Promise<number> {
  const tasks = await parts.db.asWorker((sql) => takeTasks(sql, BATCH));
  const bySubject = Map.groupBy(tasks, ({ subjectId }) => subjectId);
  await Promise.all(
    [...bySubject.values()].map(async (inOrder) => {
      for (const task of inOrder) await deliver(parts, task);
    }),
  );
  return tasks.length;
}

/** Drains the outbox twice a second until stopped; what is returned waits for the round under way. */
export function startRelay(parts: Parts): () => Promise<void> {
  let stopped = false;
  let wake: () => void = () => undefined;
  const pause = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, EVERY_MS);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const run = async () => {
    while (!stopped) {
      const taken = await relayOnce(parts).catch((error: unknown) => {
        parts.log.warn({ err: error }, 'the outbox cannot be read');
        return 0;
      });
      if (taken < BATCH && !stopped) await pause();
    }
  };
  const ended = run();
  return async () => {
    stopped = true;
    wake();
    await ended;
  };
}
