import { setTimeout as sleep } from 'node:timers/promises';
import { SofiError } from '../../domain/model/errors.ts';

const PATIENCE_MS = 120_000;

/** A running SOFI, seen from outside: what the demo and the whole-path tests do, they do as an administrator over HTTP. */
export class RemotePlatform {
  readonly #url: string;
  readonly #secret: string;

  constructor(url: string, secret: string) {
    this.#url = url.replace(/\/$/, '');
    this.#secret = secret;
  }

  /** One call of the API; throws the problem's code when it is refused. */
  async call<T>(
    path: string,
    init: RequestInit = {},
  ): Promise<{ readonly status: number; readonly body: T; readonly location: string }> {
    const headers = new Headers(init.headers);
    headers.set('Authorization', `Bearer ${this.#secret}`);
    const response = await fetch(`${this.#url}/api/v1${path}`, { ...init, headers });
    const text = await response.text();
    const body = text === '' ? undefined : JSON.parse(text);
    if (!response.ok)
      throw new SofiError(
        body?.code ?? 'interne',
        `Cannot do ${init.method ?? 'GET'} ${path}: ${response.status} ${body?.title ?? ''}`,
        { problem: body },
      );
    return { status: response.status, body, location: response.headers.get('Location') ?? '' };
  }

  /** Sends a file and waits for its report. */
  async importFile(
    source: string,
    parts: Iterable<string>,
  ): Promise<{ readonly state: string; readonly created: number }> {
    const { location } = await this.call(`/imports?source=${source}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/xml' },
      body: new Blob([...parts]),
    });
    return this.#until(location, (report: { state: string; created: number }) => report.state !== 'running');
  }

  /** Asks for a release and waits until it is out. */
  async publish(): Promise<{ readonly state: string; readonly n: number }> {
    const { location } = await this.call('/releases', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() },
      body: JSON.stringify({ kind: 'normal' }),
    });
    return this.#until(location, (release: { state: string; n: number }) => release.state !== 'open');
  }

  async #until<T>(location: string, done: (body: T) => boolean): Promise<T> {
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
