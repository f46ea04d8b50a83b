/** What one request met. */
export interface Probe {
  readonly what: string;
  /** 0 without an answer. */
  readonly status: number;
  readonly code: string | undefined;
  readonly retryAfter: string | null;
  readonly ms: number;
  /** When it was answered after the watch began. */
  readonly atMs: number;
}

export interface Request {
  readonly what: string;
  readonly url: string;
  readonly init: () => RequestInit;
}

const GIVE_UP_MS = 30_000;

/** Sends one request and says what came of it; never throws. */
export async function probe({ what, url, init }: Request, since = performance.now()): Promise<Probe> {
  const began = performance.now();
  const end = (status: number, code: string | undefined, retryAfter: string | null): Probe => {
    const now = performance.now();
    return { what, status, code, retryAfter, ms: now - began, atMs: now - since };
  };
  try {
    const response = await fetch(url, { ...init(), signal: AbortSignal.timeout(GIVE_UP_MS) });
    const text = await response.text();
    const problem = response.headers.get('Content-Type')?.includes('problem') ? JSON.parse(text) : {};
    return end(response.status, problem.code, response.headers.get('Retry-After'));
  } catch {
    return end(0, undefined, null);
  }
}

/** Sends each request every `everyMs` for `forMs`, whatever the earlier ones wait for. */
export async function probeFor(
  requests: readonly Request[],
  { forMs, everyMs }: { readonly forMs: number; readonly everyMs: number },
): Promise<Probe[]> {
  const since = performance.now();
  const sent: Promise<Probe>[] = [];
  while (performance.now() - since < forMs) {
    for (const request of requests) sent.push(probe(request, since));
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  return Promise.all(sent);
}
