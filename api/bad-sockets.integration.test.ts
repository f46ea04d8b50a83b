import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Person, startTestApi, type TestApi } from '../ops/test/api-server.ts';

const JSON_LIMIT = 5 * 1024 * 1024;

let api: TestApi;
let of1: Person;
let cookie: string;
beforeAll(async () => {
  api = await startTestApi();
  of1 = await api.login('of1@demo.sofi');
  const { body } = await of1.call('post', '/tokens', { label: 'sockets' });
  cookie = body.token;
});
afterAll(() => api.stop());

const closing = (socket: Socket) => new Promise<void>((resolve) => socket.once('close', () => resolve()));
const port = () => Number(new URL(api.url).port);

async function opened(): Promise<Socket> {
  const socket = connect(port(), '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

/** What the server says to these bytes, until it closes or says nothing for a while. */
async function told(bytes: string | Buffer, quietMs = 1_500): Promise<string> {
  const socket = await opened();
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
  });
  socket.write(bytes);
  await Promise.race([closing(socket), sleep(quietMs)]);
  socket.destroy();
  return text;
}

const post = (path: string, headers: Record<string, string>, body: Buffer | string) =>
  fetch(`${api.url}/api/v1${path}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${cookie}`, ...headers },
    body: body as BodyInit,
  });

async function refusal(answer: Response) {
  const { status, code, mend } = (await answer.json()) as { status: number; code: string; mend: string };
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(mend.length).toBeGreaterThan(5);
  return [answer.status, status, code];
}

describe('the size of a body', () => {
  const sized = (bytes: number) => `{"label":"${'x'.repeat(bytes - 12)}"}`;

  it('is judged to the byte', async () => {
    expect(Buffer.byteLength(sized(JSON_LIMIT))).toBe(JSON_LIMIT);
    const json = { 'Content-Type': 'application/json' };
    expect(await refusal(await post('/tokens', json, sized(JSON_LIMIT)))).toEqual([400, 400, 'corps-invalide']);
    expect(await refusal(await post('/tokens', json, sized(JSON_LIMIT + 1)))).toEqual([413, 413, 'trop-gros']);
  });

  it('counts inflated, so that a bomb of gzip is refused', async () => {
    const bomb = gzipSync(Buffer.alloc(200_000_000, ' '), { level: 9 });
    const started = process.cpuUsage();
    const answer = await post('/tokens', { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' }, bomb);
    expect(await refusal(answer)).toEqual([413, 413, 'trop-gros']);
    expect(process.cpuUsage(started).user).toBeLessThan(1_000_000);
  });

  it('is judged by what comes, whatever Content-Length says', async () => {
    const head = `POST /api/v1/tokens HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${cookie}\r\nContent-Type: application/json\r\n`;
    expect(await told(`${head}Content-Length: 99999999999\r\n\r\n{`)).toMatch(/^HTTP\/1\.1 413 /);
    expect(await told(`${head}Content-Length: -1\r\n\r\n{}`)).toMatch(/^HTTP\/1\.1 400 /);
    expect(await told(`${head}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} `)).toMatch(/^HTTP\/1\.1 400 /);
    expect(await told(`${head}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 400 /,
    );
  });

  it('is refused before it came whole, and who still sends it reads why', async () => {
    const half = 1_000_000;
    const socket = connect(port(), '127.0.0.1');
    const faults: Error[] = [];
    socket.on('error', (error) => faults.push(error));
    const closed = closing(socket);
    const answer = new Promise<string>((resolve) => socket.once('data', (chunk) => resolve(chunk.toString('latin1'))));
    const head = `POST /api/v1/imports HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: ${2 * half}\r\n\r\n`;
    socket.write(head + ' '.repeat(half));
    expect(await answer).toMatch(/^HTTP\/1\.1 401 .*"code":"non-authentifie".*\}$/s);
    socket.write(' '.repeat(half));
    await closed;
    expect(faults).toEqual([]);
  });

  it('goes with a coding that is known', async () => {
    const json = { 'Content-Type': 'application/json' };
    const unknown = await post('/tokens', { ...json, 'Content-Encoding': 'compress' }, '{}');
    expect(await refusal(unknown)).toEqual([415, 415, 'encodage-inconnu']);
    const lie = await post('/tokens', { ...json, 'Content-Encoding': 'gzip' }, '{}');
    expect((await refusal(lie))[0]).toBe(400);
  });
});

describe('bytes that are no request', () => {
  it.each([
    ['a NUL in the address', 'GET /\u0000 HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a NUL in a header', 'GET / HTTP/1.1\r\nHost: x\r\nX-Y: a\u0000b\r\n\r\n'],
    ['no host', 'GET / HTTP/1.1\r\n\r\n'],
    ['an unknown method', 'BREW / HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['headers of 17 KB', `GET / HTTP/1.1\r\nHost: x\r\nX-Y: ${'y'.repeat(17_000)}\r\n\r\n`],
    ['no HTTP at all', '\u0016\u0003\u0001\u0002\u0000hello'],
  ])('%s is refused in a sentence of HTTP', async (_, bytes) => {
    expect(await told(bytes)).toMatch(/^HTTP\/1\.1 4\d\d /);
  });

  it('of a header in latin-1 do no harm', async () => {
    const bytes = Buffer.from('GET /api/v1/promesse HTTP/1.1\r\nHost: x\r\nX-Request-Id: caf\u00e9\r\n\r\n', 'latin1');
    expect(await told(bytes)).toMatch(/^HTTP\/1\.1 200 /);
  });
});

describe('two hundred slow callers', () => {
  it('are cut, and the others are served meanwhile', async () => {
    const auth = `Host: x\r\nAuthorization: Bearer ${cookie}\r\n`;
    const heads = [
      `GET /api/v1/promesse HTTP/1.1\r\nHost: x\r\n`,
      `POST /api/v1/tokens HTTP/1.1\r\n${auth}Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n{`,
    ];
    const slow = await Promise.all(Array.from({ length: 200 }, opened));
    const closed = slow.map(closing);
    slow.forEach((socket, n) => {
      socket.write(heads[n % 2] ?? '');
    });
    const drip = setInterval(() => {
      slow.forEach((socket, n) => {
        if (!socket.destroyed) socket.write(n % 2 === 0 ? 'X-A: b\r\n' : ' ');
      });
    }, 1_000);
    const started = Date.now();
    let gone = false;
    const all = Promise.all(closed).then(() => {
      gone = true;
    });
    let served = 0;
    while (!gone && Date.now() - started < 50_000) {
      const before = Date.now();
      expect((await fetch(`${api.url}/api/v1/promesse`)).status).toBe(200);
      expect(Date.now() - before).toBeLessThan(2_000);
      served += 1;
      await sleep(250);
    }
    clearInterval(drip);
    for (const socket of slow) socket.destroy();
    await all;
    expect(gone && Date.now() - started < 50_000).toBe(true);
    expect(served).toBeGreaterThan(20);
  }, 70_000);

  it('that send files hold nothing that others need', async () => {
    const head = `POST /api/v1/imports HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${cookie}\r\nContent-Type: application/xml\r\nContent-Length: 1000000\r\n\r\n<lheo xmlns="http://lheo.gouv.fr/2.3">`;
    const slow = await Promise.all(Array.from({ length: 200 }, opened));
    for (const socket of slow) socket.write(head);
    await sleep(500);
    for (let n = 0; n < 20; n += 1) {
      const before = Date.now();
      expect((await of1.call('get', '/me')).status).toBe(200);
      expect(Date.now() - before).toBeLessThan(2_000);
    }
    for (const socket of slow) socket.destroy();
    await sleep(500);
    const left = await api.db.asWorker((sql) => sql.selectFrom('import').select('id').execute());
    expect(left).toEqual([]);
  }, 30_000);
});
