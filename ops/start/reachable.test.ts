import { createServer } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { StartFault } from '../services/faults.ts';
import { freePort } from '../services/ports.ts';
import { requireDatabase, requireTemporal } from './reachable.ts';

describe('a service given by its address', () => {
  it('is refused in one sentence when nobody listens there', async () => {
    const port = await freePort();
    for (const refused of [
      requireDatabase(`postgres://a:b@127.0.0.1:${port}/c`).catch((error: unknown) => error),
      requireTemporal(`127.0.0.1:${port}`).catch((error: unknown) => error),
    ]) {
      const fault = await refused;
      expect(fault).toBeInstanceOf(StartFault);
      expect(String(fault)).toContain(`127.0.0.1:${port}`);
      expect(String(fault)).not.toContain('a:b');
    }
  });

  it('is taken when something listens', async () => {
    const server = createServer((socket) => socket.resume()).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await expect(requireTemporal(`127.0.0.1:${port}`)).resolves.toBeUndefined();
    server.close();
  });
});
