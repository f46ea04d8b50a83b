import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, WithStartWorkflowOperation } from '@temporalio/client';
import { type NativeConnection, Worker, type WorkerOptions, type WorkflowBundle } from '@temporalio/worker';
import { REGION, type Stage } from '../db/moderation/stage.ts';
import { type SoumissionAnswer, type UPDATES, WORKFLOWS } from '../workflows/messages.ts';
import type { SoumissionActivities } from '../workflows/ports.ts';
import { soumissionActivities } from './activities/soumission.ts';
import { soumissionStart } from './start-soumission.ts';
import { cachedBundle } from './workflow-bundle.ts';

export interface StageWorkerOptions {
  readonly stage: Stage;
  readonly connection: NativeConnection;
  readonly taskQueue: string;
  /** Activities that a test replaces, given the real ones. */
  readonly change?: (activities: SoumissionActivities) => Partial<SoumissionActivities>;
  readonly options?: Partial<WorkerOptions>;
}

/** All workflows, bundled once for the test files of every run. */
export function testBundle(): Promise<WorkflowBundle> {
  return cachedBundle(join(tmpdir(), 'sofi-test-bundles'));
}

/** A worker on real rows, for tests: its own queue, the bundle shared by all test files of a run. */
export async function stageWorker({
  stage,
  connection,
  taskQueue,
  change,
  options,
}: StageWorkerOptions): Promise<Worker> {
  const real = soumissionActivities({ db: stage.db, region: REGION });
  return Worker.create({
    connection,
    taskQueue,
    identity: 'test',
    workflowBundle: await testBundle(),
    activities: { ...real, ...change?.(real) },
    ...options,
  });
}

/** Sends an update as the API does: with its workflow's start. */
export function updateSoumission(
  client: Client,
  call: {
    readonly id: string;
    readonly taskQueue: string;
    readonly update: (typeof UPDATES)[keyof typeof UPDATES];
    readonly args?: readonly object[];
    readonly updateId?: string;
  },
): Promise<SoumissionAnswer> {
  const startWorkflowOperation = new WithStartWorkflowOperation(WORKFLOWS.soumission, {
    ...soumissionStart(call.id),
    taskQueue: call.taskQueue,
  }) as WithStartWorkflowOperation<never>;
  return client.workflow.executeUpdateWithStart<never, SoumissionAnswer, object[]>(call.update, {
    updateId: call.updateId ?? crypto.randomUUID(),
    args: [...(call.args ?? [])],
    startWorkflowOperation,
  });
}
