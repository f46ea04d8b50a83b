import {
  AsyncLocalStorage,
  type WorkflowInboundCallsInterceptor,
  type WorkflowInterceptors,
  type WorkflowOutboundCallsInterceptor,
} from '@temporalio/workflow';
import { requestIdOf, withRequestId } from './messages-request.ts';

/**
 * Hands the id of the request that asked for a workflow or for one of its updates on to the activities that answer it.
 * An id in a header changes no command: histories made without it replay.
 */
export function interceptors(): WorkflowInterceptors {
  const request = new AsyncLocalStorage<string>();
  const within = <T>(headers: Parameters<typeof requestIdOf>[0], work: () => T): T => {
    const id = requestIdOf(headers);
    return id === undefined ? work() : request.run(id, work);
  };
  const inbound: WorkflowInboundCallsInterceptor = {
    execute: (input, next) => within(input.headers, () => next(input)),
    handleUpdate: (input, next) => within(input.headers, () => next(input)),
    handleSignal: (input, next) => within(input.headers, () => next(input)),
  };
  const stamped = <T extends { readonly headers: Parameters<typeof withRequestId>[0] }>(input: T): T => ({
    ...input,
    headers: withRequestId(input.headers, request.getStore()),
  });
  const outbound: WorkflowOutboundCallsInterceptor = {
    scheduleActivity: (input, next) => next(stamped(input)),
    scheduleLocalActivity: (input, next) => next(stamped(input)),
    startChildWorkflowExecution: (input, next) => next(stamped(input)),
    continueAsNew: (input, next) => next(stamped(input)),
  };
  return { inbound: [inbound], outbound: [outbound] };
}
