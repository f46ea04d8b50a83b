import { z } from 'zod';
import { codeFound } from '../../../domain/contract/referentiel.contract.ts';
import { callApi } from '../http/api.ts';

export type ReferenceOption = z.infer<typeof codeFound>;

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
  const { json } = await callApi<unknown>(
    `/referentiels/${table}/search?${query}`,
    signal === undefined ? {} : { signal },
  );
  return z.array(codeFound).parse(json);
}
