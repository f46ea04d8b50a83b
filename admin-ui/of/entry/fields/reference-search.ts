import { z } from 'zod';
import { callApi } from '../../../shared/http/api.ts';

const option = z.object({
  code: z.string(),
  label: z.string(),
  version: z.string().nullish(),
  codesPostaux: z.array(z.string()).nullish(),
  departement: z.string().nullish(),
  region: z.string().nullish(),
  latitude: z.union([z.string(), z.number()]).nullish(),
  longitude: z.union([z.string(), z.number()]).nullish(),
});
export type ReferenceOption = z.infer<typeof option>;

export const MIN_SEARCH = 2;

interface Asked {
  readonly table: string;
  readonly q: string;
  readonly version?: string;
  readonly signal?: AbortSignal;
}

/** Rows of a reference table whose code or label answers to what was typed, best first. */
export async function searchReference({ table, q, version, signal }: Asked): Promise<ReferenceOption[]> {
  const query = new URLSearchParams({ q, ...(version === undefined ? {} : { version }) });
  const { json } = await callApi<unknown>(`/referentiels/${table}/search?${query}`, signal === undefined ? {} : { signal });
  return z.array(option).parse(json);
}
