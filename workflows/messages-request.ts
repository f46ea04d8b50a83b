import { defaultPayloadConverter, type Headers, type Payload } from '@temporalio/common';

/** The header under which the id of the HTTP request that asked for it travels with a workflow, an update, an activity. */
const REQUEST_HEADER = 'sofi-request';

/** The headers with the id of a request. */
export function withRequestId(headers: Headers, requestId: string | undefined): Headers {
  if (requestId === undefined) return headers;
  return { ...headers, [REQUEST_HEADER]: defaultPayloadConverter.toPayload(requestId) as Payload };
}

/** The id of the request that the headers carry; undefined when nobody's request asked. */
export function requestIdOf(headers: Headers): string | undefined {
  const payload = headers[REQUEST_HEADER];
  if (payload === undefined) return undefined;
  const value: unknown = defaultPayloadConverter.fromPayload(payload);
  return typeof value === 'string' ? value : undefined;
}
