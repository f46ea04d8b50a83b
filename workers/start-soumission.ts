import type { Client } from '@temporalio/client';
import { INTERACTIF, TASK_TIMEOUT, WORKFLOWS, workflowIdOf } from '../workflows/messages.ts';

/** How a soumission's workflow starts, whoever starts it: the one that runs already is the one. */
export function soumissionStart(id: string) {
  return {
    workflowId: workflowIdOf.soumission(id),
    taskQueue: INTERACTIF,
    args: [id] as [string],
    workflowIdConflictPolicy: 'USE_EXISTING' as const,
    workflowTaskTimeout: TASK_TIMEOUT,
  };
}

/** Starts the workflow of a soumission, or finds it running. */
export async function startSoumission(temporal: Client, id: string): Promise<void> {
  await temporal.workflow.start(WORKFLOWS.soumission, soumissionStart(id));
}
