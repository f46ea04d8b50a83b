import { forgetKey, isOpenAnswer, keyFor } from './idempotency.ts';
import { asProblem, problemOf } from './problem.ts';

export const API = '/api/v1';

export interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

export interface Answer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly json: T;
}

/** What the page knows of its login and language; set once at start, the token again after a refusal `csrf`. */
const context = { csrfToken: null as string | null, locale: 'fr', offline: 'Réseau absent' };

export function setCsrfToken(token: string | null): void {
  context.csrfToken = token;
}

export function csrfToken(): string | null {
  return context.csrfToken;
}

/** The language that answers are asked in, and the words for an answer that never came. */
export function setCallLanguage(locale: string, offline: string): void {
  context.locale = locale;
  context.offline = offline;
}

/** Headers of every call: language, and for a write the proof of origin and the key of the act. */
export function headersOf(method: string, act: string): Record<string, string> {
  const headers: Record<string, string> = { Accept: 'application/json', 'Accept-Language': context.locale };
  if (method === 'GET') return headers;
  if (context.csrfToken !== null) headers['X-CSRF-Token'] = context.csrfToken;
  if (method === 'POST') headers['Idempotency-Key'] = keyFor(act, sessionStorage);
  return headers;
}

async function send<T>(path: string, { method = 'GET', body, headers, signal }: Call, act: string): Promise<Answer<T>> {
  const json = body === undefined ? {} : { 'Content-Type': 'application/json' };
  let response: Response;
  try {
    response = await fetch(`${API}${path}`, {
      method,
      headers: { ...headersOf(method, act), ...json, ...headers },
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw problemOf(0, null, context.offline);
  }
  const text = await response.text();
  const answer = parse(text);
  if (!response.ok) throw problemOf(response.status, answer, response.statusText || String(response.status));
  return { status: response.status, headers: response.headers, json: answer as T };
}

function parse(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return text;
  }
}

async function renewToken(): Promise<void> {
  const { json } = await send<{ csrfToken: string | null }>('/me', {}, '');
  setCsrfToken(json.csrfToken);
}

/** One call of the API below `/api/v1`; throws an `ApiProblem`. A stale proof of origin is renewed once by itself. */
export async function callApi<T>(path: string, call: Call = {}): Promise<Answer<T>> {
  const act = `${call.method ?? 'GET'} ${path} ${JSON.stringify(call.body ?? null)}`;
  try {
    const answer = await send<T>(path, call, act).catch(async (error: unknown) => {
      if (asProblem(error)?.code !== 'csrf') throw error;
      await renewToken();
      return send<T>(path, call, act);
    });
    if (call.method === 'POST') forgetKey(act, sessionStorage);
    return answer;
  } catch (error) {
    const found = asProblem(error);
    if (call.method === 'POST' && found && !isOpenAnswer(found.status, found.code)) forgetKey(act, sessionStorage);
    throw error;
  }
}
