import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const HEADERS_TIMEOUT_MS = 10_000;
/** Long enough for a 300 MB file over a slow line; what is not a file is small and bounded by the parsers. */
const REQUEST_TIMEOUT_MS = 15 * 60_000;
const CHECK_EVERY_MS = 5_000;
const DRAIN_MS = 8_000;
const LOOK_EVERY_MS = 50;

/** A server whose slow callers are cut: Node's defaults let a header trickle for 84 s. */
export function openServer(): Server {
  return createServer({
    headersTimeout: HEADERS_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionsCheckingInterval: CHECK_EVERY_MS,
    keepAliveTimeout: 10_000,
  });
}

/** Listens; answers the port it got. Throws one sentence when the port is taken or not allowed. */
export async function listen(server: Server, port: number, host: string): Promise<number> {
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(port, host, done);
  }).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'EADDRINUSE' ? 'the port is taken' : (error.code ?? error.message);
    throw new Error(`Cannot listen on ${host}:${port}: ${why}`);
  });
  return (server.address() as AddressInfo).port;
}

/** Takes no new call, lets those under way end for 8 s, then cuts. */
export async function drain(server: Server): Promise<void> {
  const cut = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  // A caller keeps its connection open after its answer: look again, else each would hold the end up.
  const look = setInterval(() => server.closeIdleConnections(), LOOK_EVERY_MS);
  await new Promise<void>((done) => server.close(() => done()));
  clearInterval(look);
  clearTimeout(cut);
}
