import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { StartFault } from './faults.ts';
import { makeCrossable } from './folders.ts';
import { type Postgres, startPostgres } from './postgres.ts';
import { isAlive } from './process-identity.ts';

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('the embedded database', () => {
  let folder = '';
  let server: Postgres | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sofi-postgres-'));
    await makeCrossable(folder);
    server = await startPostgres({ folder, durable: false });
  });
  afterEach(async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('is PostgreSQL 18 or newer, in UTC and UTF-8, with checksums, open to this machine only', async () => {
    const [row] = await query(
      server?.url ?? '',
      `select current_setting('server_version_num')::int >= 180000 as modern, current_setting('TimeZone') as zone,
              current_setting('server_encoding') as encoding, current_setting('data_checksums') as checksums,
              current_setting('listen_addresses') as addresses, current_database() as database`,
    );
    expect(row).toEqual({
      modern: true,
      zone: 'UTC',
      encoding: 'UTF8',
      checksums: 'on',
      addresses: '127.0.0.1',
      database: 'sofi',
    });
  });

  it('keeps its data, its password to itself, and leaves nothing running after a stop', async () => {
    await query(server?.url ?? '', 'create table kept as select 42 as answer');
    const pid = server?.process.pid ?? 0;
    await server?.stop();
    expect(isAlive(pid)).toBe(false);
    expect((await stat(join(folder, 'postgres.secret'))).mode & 0o077).toBe(0);
    server = await startPostgres({ folder, durable: false });
    expect(server.repaired).toBe('nothing');
    expect(await query(server.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('stops a server that went on alone after its parent was killed, and takes its data over', async () => {
    await query(server?.url ?? '', 'create table kept as select 42 as answer');
    const orphan = server?.process.pid ?? 0;
    server = await startPostgres({ folder, durable: false });
    expect(server.repaired).toBe('stoppedOrphan');
    expect(isAlive(orphan)).toBe(false);
    expect(await query(server.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('starts over a lock left by a server that died, even when its number now belongs to another program', async () => {
    await server?.stop();
    await writeFile(join(folder, 'postgres/postmaster.pid'), `${process.pid}\n${join(folder, 'postgres')}\n`);
    server = await startPostgres({ folder, durable: false });
    expect(server.repaired).toBe('removedStaleLock');
  });

  it('says in one sentence that its port is taken', async () => {
    await server?.stop();
    const squatter = createServer((socket) => socket.resume()).listen(0, '127.0.0.1');
    await new Promise((resolve) => squatter.once('listening', resolve));
    const address = squatter.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const refused = await startPostgres({ folder, durable: false, port }).catch((error: unknown) => error);
    await new Promise((resolve) => squatter.close(resolve));
    expect(refused).toBeInstanceOf(StartFault);
    expect(String(refused)).toContain('PostgreSQL did not start');
    expect(await readFile(join(folder, 'postgres.log'), 'utf8')).toContain('Address already in use');
  });
});
