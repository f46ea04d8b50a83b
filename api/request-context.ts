import { AsyncLocalStorage } from 'node:async_hooks';
import type { WorkflowClientInterceptor } from '@temporalio/client';
import { withRequestId } from '../workflows/messages-request.ts';

const request = new AsyncLocalStorage<string>();

/** Runs what answers a request so that its log lines and what it asks of Temporal carry the request's id. */
export function asRequest<T>(id: string, work: () => T): T {
  return request.run(id, work);
}

/** What every log line of a request carries. */
export function requestOfLine(): { readonly requestId?: string } {
  const requestId = request.getStore();
  return requestId === undefined ? {} : { requestId };
}

/** Sends the request's id along with what it starts, updates and signals. */
export const requestInterceptor: WorkflowClientInterceptor = {
  startWithDetails: (input, next) => next({ ...input, headers: withRequestId(input.headers, request.getStore()) }),
  startUpdate: (input, next) => next({ ...input, headers: withRequestId(input.headers, request.getStore()) }),
  startUpdateWithStart: (input, next) =>
    next({
      ...input,
      workflowStartHeaders: withRequestId(input.workflowStartHeaders, request.getStore()),
      updateHeaders: withRequestId(input.updateHeaders, request.getStore()),
    }),
  signal: (input, next) => next({ ...input, headers: withRequestId(input.headers, request.getStore()) }),
};
