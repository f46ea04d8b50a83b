import { type Me, me } from '../../../domain/contract/me.contract.ts';
import { callApi, setCsrfToken } from './api.ts';

let known: Promise<Me> | undefined;

/** Who is logged in, asked once; a refusal is not kept. */
export function loadMe(): Promise<Me> {
  known ??= fetchMe().catch((error: unknown) => {
    known = undefined;
    throw error;
  });
  return known;
}

async function fetchMe(): Promise<Me> {
  const { json } = await callApi<unknown>('/me');
  const found = me.parse(json);
  setCsrfToken(found.csrfToken);
  return found;
}

export function forgetMe(): void {
  known = undefined;
  setCsrfToken(null);
}
