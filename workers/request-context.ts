import { AsyncLocalStorage } from 'node:async_hooks';
import type { WorkflowClientInterceptor } from '@temporalio/client';
import { withRequestId } from '../workflows/messages-request.ts';

const request = new AsyncLocalStorage<string>();

/** Does for a request what the API could not do itself: what it asks of Temporal carries the request's id. */
export function onBehalfOf<T>(requestId: string | undefined, work: () => T): T {
  return requestId === undefined ? work() : request.run(requestId, work);
}

/** Sends the id of the request that is acted for along with what is started and updated. */
export const onBehalfInterceptor: WorkflowClientInterceptor = {
  startWithDetails: (input, next) => next({ ...input, headers: withRequestId(input.headers, request.getStore()) }),
  startUpdateWithStart: (input, next) =>
    next({
      ...input,
      workflowStartHeaders: withRequestId(input.workflowStartHeaders, request.getStore()),
      updateHeaders: withRequestId(input.updateHeaders, request.getStore()),
    }),
};
