import { createServer } from 'node:net';

/** Binds and releases `port` on `host` (0: any) and gives the port bound; rejects with EADDRINUSE or EACCES. */
export function tryPort(port: number, host = '127.0.0.1'): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      const bound = typeof address === 'object' && address !== null ? address.port : port;
      server.close(() => resolve(bound));
    });
  });
}

/** A port nobody listens on: the first free one of `preferred`, else any. */
export async function freePort(...preferred: number[]): Promise<number> {
  for (const port of preferred) {
    const free = await tryPort(port).catch(() => undefined);
    if (free !== undefined) return free;
  }
  return tryPort(0);
}
