import { setTimeout as sleep } from 'node:timers/promises';
import { SofiError } from '../../domain/model/errors.ts';
import type { Answer, RemotePlatform } from '../demo/remote-platform.ts';

const PATIENCE_MS = 90_000;
const CALL_MS = 15_000;
const PAUSE_MS = 200;

/** The HTTP status of a refusal; undefined when nothing was answered. */
export function statusOf(error: unknown): number | undefined {
  if (!(error instanceof SofiError)) return undefined;
  const problem = error.details.problem as { readonly status?: number } | undefined;
  return problem?.status;
}

/** True for what a caller tries again with the same key: no answer, 5xx, or its first call still running. */
function isPassing(error: unknown): boolean {
  const status = statusOf(error);
  if (error instanceof SofiError && error.code === 'cle-en-cours') return true;
  return status === undefined ? !(error instanceof SofiError) || error.code === 'interne' : status >= 500;
}

export interface Post {
  readonly path: string;
  readonly body?: unknown;
  readonly key: string;
}

/** One call under a key of its own, without a second try. */
export function post<T>(remote: RemotePlatform, { path, body, key }: Post): Promise<Answer<T>> {
  return remote.call<T>(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
    body: JSON.stringify(body ?? {}),
    signal: AbortSignal.timeout(CALL_MS),
  });
}

/** Tries again, as a careful caller does, until there is an answer; throws what is refused for good. */
export async function insist<T>(work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error) || Date.now() > deadline) throw error;
      await sleep(PAUSE_MS);
    }
  }
}
