import {
  type Client,
  WithStartWorkflowOperation,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { type ErrorDetails, isErrorCode, SofiError } from '../../domain/model/errors.ts';
import {
  INTERACTIF,
  type SoumissionAnswer,
  TASK_TIMEOUT,
  type UPDATES,
  WORKFLOWS,
  workflowIdOf,
} from '../../workflows/messages.ts';
import type { ApiDeps } from '../deps.ts';
import { openGate } from '../gate.ts';
import { isPolled } from '../health.router.ts';

const IN_FLIGHT = 10;
/** Waiting one's turn and the answer together: whoever calls hears something within 4 s. */
const DEADLINE_MS = 3_000;
const PATIENCE_MS = 2_000;
const RETRY_AFTER_S = 2;
/** Then it is said whether a worker is there at all. */
const LOOK_MS = 500;

export interface UpdateCall {
  readonly soumissionId: string;
  readonly update: (typeof UPDATES)[keyof typeof UPDATES];
  readonly args: readonly object[];
  /** The same for the same act tried again: it then finds its own answer. */
  readonly updateId: string;
  /** Longest wait for the answer, in ms; default 3 000, its turn in the gate included. */
  readonly deadlineMs?: number;
}

const gate = openGate(IN_FLIGHT, PATIENCE_MS);

/** The update of the running workflow; it costs the server half of what an update with a start costs. */
async function execute(client: Client, call: UpdateCall): Promise<SoumissionAnswer> {
  const { soumissionId, update, args, updateId } = call;
  try {
    const handle = client.workflow.getHandle(workflowIdOf.soumission(soumissionId));
    const [first, ...rest] = args;
    return first === undefined
      ? await handle.executeUpdate<SoumissionAnswer, []>(update, { updateId })
      : await handle.executeUpdate<SoumissionAnswer, [object, ...object[]]>(update, {
          updateId,
          args: [first, ...rest],
        });
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    return executeWithStart(client, call);
  }
}

/** The update, started together with its workflow when none runs: the workflow reads its row first. */
function executeWithStart(client: Client, call: UpdateCall): Promise<SoumissionAnswer> {
  const { soumissionId, update, args, updateId } = call;
  const startWorkflowOperation = new WithStartWorkflowOperation(WORKFLOWS.soumission, {
    workflowId: workflowIdOf.soumission(soumissionId),
    taskQueue: INTERACTIF,
    args: [soumissionId],
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowTaskTimeout: TASK_TIMEOUT,
  });
  return client.workflow.executeUpdateWithStart<never, SoumissionAnswer, object[]>(update, {
    updateId,
    args: [...args],
    startWorkflowOperation: startWorkflowOperation as WithStartWorkflowOperation<never>,
  });
}

function detailsOf(failure: ApplicationFailure): ErrorDetails {
  const [first] = failure.details ?? [];
  return typeof first === 'object' && first !== null ? (first as ErrorDetails) : {};
}

/** What the workflow refused, in the words of the catalogue. */
function refusalIn(error: unknown): SofiError | undefined {
  if (!(error instanceof WorkflowUpdateFailedError) || !(error.cause instanceof ApplicationFailure)) return undefined;
  const { type, message } = error.cause;
  return type != null && isErrorCode(type) ? new SofiError(type, message, detailsOf(error.cause)) : undefined;
}

async function absence(deps: ApiDeps): Promise<SofiError> {
  const polled = await isPolled(deps, INTERACTIF, LOOK_MS).catch(() => undefined);
  const code = polled === false ? 'sans-worker' : 'temporal-absent';
  return new SofiError(code, undefined, { retryAfter: RETRY_AFTER_S });
}

/**
 * Asks the soumission's workflow for an act and waits for its transaction. Throws the workflow's refusal by its code,
 * `temporal-absent` or `sans-worker` when no answer came in time: the act may still take effect, and the same update id
 * tells.
 */
export async function updateSoumission(deps: ApiDeps, call: UpdateCall): Promise<SoumissionAnswer> {
  const deadline = Date.now() + (call.deadlineMs ?? DEADLINE_MS);
  return gate(async () => {
    const client = await deps.temporal();
    try {
      return await client.connection.withDeadline(deadline, () => execute(client, call));
    } catch (error) {
      const refusal = refusalIn(error);
      if (refusal !== undefined) throw refusal;
      deps.log.warn({ err: error, soumission: call.soumissionId, update: call.update }, 'update unanswered');
      throw await absence(deps);
    }
  });
}
