import { dataFolder } from '../services/folders.ts';
import { readRunFile } from '../start/run-file.ts';
import { Refused } from './verb-end.ts';

const TIMEOUT_MS = 30_000;
/** As long as the API lets a file come in. */
const SEND_TIMEOUT_MS = 15 * 60_000;

/** The running platform as the operator's verbs reach it: over HTTP, as administrator, from this machine. */
export interface Platform {
  readonly url: string;
  /** JSON of one call of the API; throws `Refused` for what it refuses, Error for what it cannot do. */
  call<T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<T>;
  /** Sends a file as it is. */
  send<T>(path: string, file: Blob | ReadableStream, headers: Readonly<Record<string, string>>): Promise<T>;
}

interface Problem {
  readonly title?: string;
  readonly detail?: string;
  readonly mend?: string;
}

async function reasonOf(response: Response): Promise<string> {
  const problem = (await response.json().catch(() => ({}))) as Problem;
  return [problem.title ?? `HTTP ${response.status}`, problem.detail, problem.mend].filter(Boolean).join('. ');
}

/** Where the platform answers and what opens it: run.json of the data folder, else SOFI_API_URL in a container. */
async function findPlatform(
  data: string,
): Promise<{ readonly apiUrl: string; readonly operatorSecret: string } | undefined> {
  const { SOFI_API_URL: apiUrl, SOFI_OPERATOR_SECRET: operatorSecret } = process.env;
  const given = apiUrl !== undefined && operatorSecret !== undefined ? { apiUrl, operatorSecret } : undefined;
  return (await readRunFile(data)) ?? given;
}

/** Finds the running platform; throws when there is none. */
export async function openPlatform(data = dataFolder()): Promise<Platform> {
  const run = await findPlatform(data);
  if (run === undefined)
    throw new Error(`Aucune plateforme démarrée dans ${data} : lancez npm start, ou donnez SOFI_DATA.`);
  const url = run.apiUrl.replace(/\/+$/, '');
  const ask = async <T>(path: string, init: RequestInit, timeoutMs: number): Promise<T> => {
    const headers = new Headers(init.headers);
    headers.set('Authorization', `Bearer ${run.operatorSecret}`);
    headers.set('Accept', 'application/json');
    const response = await fetch(`${url}${path}`, {
      ...init,
      signal: AbortSignal.timeout(timeoutMs),
      headers,
    }).catch(() => {
      throw new Error(`La plateforme ne répond pas à ${url} : est-elle démarrée ?`);
    });
    if (response.ok) return (response.status === 204 ? undefined : await response.json()) as T;
    const reason = await reasonOf(response);
    throw response.status < 500 ? new Refused(reason) : new Error(reason);
  };
  const asJson = () => ({ 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() });
  return {
    url,
    call: (method, path, body) =>
      ask(
        path,
        body === undefined ? { method } : { method, headers: asJson(), body: JSON.stringify(body) },
        TIMEOUT_MS,
      ),
    send: (path, file, headers) => {
      // A stream is sent while it is made; fetch then asks for this word, which its type does not know.
      const init = { method: 'POST', headers: { ...headers }, body: file, duplex: 'half' };
      return ask(path, init, SEND_TIMEOUT_MS);
    },
  };
}
