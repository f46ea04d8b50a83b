import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { drain, listen, openServer } from './server.ts';

const open: ReturnType<typeof openServer>[] = [];
afterEach(() => Promise.all(open.splice(0).map(drain)));

function aServer() {
  const server = openServer();
  open.push(server);
  return server;
}

describe('the server', () => {
  it('says in one sentence that its port is taken', async () => {
    const port = await listen(aServer(), 0, '127.0.0.1');
    const second = openServer();
    await expect(listen(second, port, '127.0.0.1')).rejects.toThrow(
      `Cannot listen on 127.0.0.1:${port}: the port is taken`,
    );
  });

  it('lets the call under way end before it stops', async () => {
    const server = aServer();
    const reached = new Promise<ServerResponse>((resolve) => server.on('request', (_req, res) => resolve(res)));
    const port = await listen(server, 0, '127.0.0.1');
    const answer = fetch(`http://127.0.0.1:${port}/`).then((got) => got.text());
    const underWay = await reached;
    const stopped = drain(server);
    underWay.end('done');
    expect(await answer).toBe('done');
    await stopped;
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  });
});
