import { z } from 'zod';
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi';
import { problem } from '../domain/contract/common.ts';
import type { Endpoint } from './endpoint.ts';

const PROBLEM = { content: { 'application/problem+json': { schema: problem.meta({ id: 'Problem' }) } } };

/** The refusals that any call of a kind may give. */
function refusals({ access, params, body, query, idempotency, method }: Endpoint): ZodOpenApiResponsesObject {
  const codes: [string, string][] = [
    ...(body === undefined && query === undefined
      ? []
      : ([['400', 'A field is not as expected']] as [string, string][])),
    ...(access === 'public'
      ? []
      : ([
          ['401', 'Nobody is logged in'],
          ['403', 'The role does not allow this act'],
        ] as [string, string][])),
    ...(params === undefined ? [] : ([['404', 'Nothing here that the caller may see']] as [string, string][])),
    ...(method === 'get' ? [] : ([['409', 'A forbidden move, or a colleague’s claim']] as [string, string][])),
    ...(idempotency === 'required' ? ([['428', 'The Idempotency-Key is missing']] as [string, string][]) : []),
  ];
  return Object.fromEntries(codes.map(([status, description]) => [status, { description, ...PROBLEM }]));
}

function answers({ answers }: Endpoint): ZodOpenApiResponsesObject {
  const told = Object.entries(answers).map(([status, answer]) => {
    if (typeof answer === 'string') return [status, { description: answer }];
    return [status, { description: 'Done', content: { 'application/json': { schema: answer } } }];
  });
  return Object.fromEntries(told) as ZodOpenApiResponsesObject;
}

const bytesOf = ({ bytes = [] }: Endpoint) =>
  Object.fromEntries(bytes.map((type) => [type, { schema: { type: 'string' as const, format: 'binary' } }]));

const KEY = z.string().min(1).max(200).meta({ description: 'One new key per act, the same one on each retry' });

function operation(it: Endpoint): ZodOpenApiOperationObject {
  const header =
    it.idempotency === undefined
      ? {}
      : { header: z.object({ 'Idempotency-Key': it.idempotency === 'required' ? KEY : KEY.optional() }) };
  const parts = {
    ...header,
    ...(it.params === undefined ? {} : { path: it.params as z.ZodObject }),
    ...(it.query === undefined ? {} : { query: it.query as z.ZodObject }),
  };
  return {
    operationId: `${it.method}${it.path.replaceAll(/[^a-zA-Z]+(.)?/g, (_all, letter?: string) => letter?.toUpperCase() ?? '')}`,
    summary: it.summary,
    tags: [it.tag],
    security: it.access === 'public' ? [] : [{ token: [] }, { login: [] }],
    ...(Object.keys(parts).length === 0 ? {} : { requestParams: parts }),
    ...(it.body === undefined
      ? {}
      : { requestBody: { content: { 'application/json': { schema: it.body }, ...bytesOf(it) } } }),
    responses: { ...answers(it), ...refusals(it) },
  };
}

/** The OpenAPI 3.1 document of the calls, from the schemas that check their requests. */
export function openApiDocument(endpoints: readonly Endpoint[], publicUrl: string) {
  const paths: ZodOpenApiPathsObject = {};
  for (const it of endpoints) paths[it.path] = { ...paths[it.path], [it.method]: operation(it) };
  return createDocument(
    {
      openapi: '3.1.0',
      info: {
        title: 'SOFI',
        version: '1.0.0',
        description:
          'Lists take filter, range (inclusive) and sort as JSON and answer Content-Range with exact counts. Errors are RFC 9457 problems with a code and a mend, in the language of Accept-Language (fr, en).',
      },
      servers: [{ url: `${publicUrl}/api/v1` }],
      paths,
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer', description: 'A personal access token (POST /tokens)' },
          login: {
            type: 'apiKey',
            in: 'cookie',
            name: 'sofi.login',
            description: 'Writes show X-CSRF-Token of GET /me',
          },
        },
      },
    },
    { allowEmptySchema: { custom: true, unknown: true, transform: true, any: true } },
  );
}
