import { randomUUID } from 'node:crypto';
import type { Response } from 'supertest';
import type { Viewer } from '../../db/connect.ts';
import { createToken } from '../../db/tokens.ts';
import type { TestApi } from './api-server.ts';

export interface TokenAnswer {
  readonly status: number;
  /** The parsed body; null when there is none. */
  readonly body: Response['body'];
  readonly headers: Headers;
}

export type TokenCall = (
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
  key?: string,
) => Promise<TokenAnswer>;

/** Calls of a person by a personal access token, `path` below `/api/v1`, each with a fresh key unless one is given. */
export async function tokenPerson(api: TestApi, viewer: Viewer): Promise<TokenCall> {
  const { token } = await api.db.asWorker((sql) => createToken(sql, { userId: viewer.userId, label: 'test', days: 1 }));
  return async (method, path, body, key = randomUUID()) => {
    const response = await fetch(`${api.url}/api/v1${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${token}`,
        'Idempotency-Key': key,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : JSON.parse(text), headers: response.headers };
  };
}
