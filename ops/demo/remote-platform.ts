import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import type { ImportReport } from '../../domain/contract/import.contract.ts';
import type { release } from '../../domain/contract/release.contract.ts';
import { SofiError } from '../../domain/model/errors.ts';

const PATIENCE_MS = 120_000;

export interface Answer<T> {
  readonly status: number;
  readonly body: T;
  readonly location: string;
}

/** A running SOFI, seen from outside: what the demo and the whole-path tests do, they do as an administrator over HTTP. */
export class RemotePlatform {
  readonly #url: string;
  readonly #secret: string;

  constructor(url: string, secret: string) {
    this.#url = url.replace(/\/$/, '');
    this.#secret = secret;
  }

  /** One call of the API; throws the problem's code when it is refused. */
  async call<T>(path: string, init: RequestInit = {}): Promise<Answer<T>> {
    const headers = new Headers(init.headers);
    headers.set('Authorization', `Bearer ${this.#secret}`);
    const response = await fetch(`${this.#url}/api/v1${path}`, { ...init, headers });
    const text = await response.text();
    const body = text === '' ? undefined : JSON.parse(text);
    if (!response.ok) {
      const what = `Cannot do ${init.method ?? 'GET'} ${path}: ${response.status} ${body?.title ?? ''}`;
      throw new SofiError(body?.code ?? 'interne', what, { problem: body });
    }
    return { status: response.status, body, location: response.headers.get('Location') ?? '' };
  }

  /** A creation or a decision: JSON, with a key of its own. */
  post<T>(path: string, body: unknown): Promise<Answer<T>> {
    return this.call<T>(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() },
      body: JSON.stringify(body),
    });
  }

  /** Sends a file and waits for its report. */
  async importFile(source: string, parts: Iterable<string>): Promise<ImportReport> {
    const { location } = await this.call(`/imports?source=${source}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/xml' },
      body: new Blob([...parts]),
    });
    return this.until<ImportReport>(location, (report) => report.state !== 'running');
  }

  /** Asks for a release and waits until it is out. */
  async publish(): Promise<z.infer<typeof release>> {
    const { location } = await this.post('/releases', { kind: 'normal' });
    return this.until<z.infer<typeof release>>(location, ({ state }) => state !== 'open');
  }

  /** Reads an address again and again until what it answers is `done`; throws after two minutes. */
  async until<T>(location: string, done: (body: T) => boolean): Promise<T> {
    const path = location.replace(/^.*\/api\/v1/, '');
    const start = Date.now();
    while (Date.now() - start < PATIENCE_MS) {
      const { body } = await this.call<T>(path);
      if (done(body)) return body;
      await sleep(150);
    }
    throw new SofiError('interne', `Cannot see the end of ${path} after ${PATIENCE_MS / 1000} s`);
  }
}
