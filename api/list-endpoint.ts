import type { z } from 'zod';
import { type Access, type Call, type Endpoint, endpoint } from './endpoint.ts';
import { type ListAsked, listAnswer, listQuery, type Page, wholeList } from './lists.ts';

interface ListSpec<F, S extends string> {
  readonly path: string;
  readonly noun: string;
  readonly summary: string;
  readonly tag: string;
  readonly access: Access;
  readonly filter: z.ZodType<F>;
  readonly sorts: readonly [S, ...S[]];
  readonly first: readonly [S, 'asc' | 'desc'];
  readonly row: z.ZodType;
  readonly read: (call: Call<unknown, unknown, unknown>, asked: ListAsked<F, S>) => Promise<Page>;
}

/** A list as JSON at its address and as CSV at the same address with `.csv`. */
export function listEndpoints<F, const S extends string>(spec: ListSpec<F, S>): readonly Endpoint[] {
  const query = listQuery(spec.filter, spec.sorts, spec.first);
  const { path, noun, summary, tag, access, read } = spec;
  return [
    endpoint({
      method: 'get',
      path,
      summary,
      tag,
      access,
      query,
      answers: { 200: spec.row.array() },
      handle: async (call) => listAnswer(noun, await read(call, call.query), call.query.from, false),
    }),
    endpoint({
      method: 'get',
      path: `${path}.csv`,
      summary: `${summary} (CSV)`,
      tag,
      access,
      query,
      answers: { 200: 'text/csv' },
      handle: async (call) => {
        const asked = call.req.query.range === undefined ? wholeList(call.query) : call.query;
        return listAnswer(noun, await read(call, asked), asked.from, true);
      },
    }),
  ];
}
