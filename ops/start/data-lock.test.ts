import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { StartFault } from '../services/faults.ts';
import { commandOf } from '../services/process-identity.ts';
import { lockData } from './data-lock.ts';

describe('the lock of a data folder', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sofi-lock-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const leave = (pid: number, command: string): Promise<void> =>
    writeFile(join(folder, 'start.lock'), JSON.stringify({ pid, command }));

  it('leaves nothing once released', async () => {
    const release = await lockData(folder);
    expect(await readdir(folder)).toEqual(['start.lock']);
    await release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('is refused while another platform holds it, naming its process', async () => {
    const other = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)']);
    try {
      await new Promise((resolve) => other.once('spawn', resolve));
      await leave(other.pid ?? 0, (await commandOf(other.pid ?? 0)) ?? '');
      const refused = await lockData(folder).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(StartFault);
      expect(String(refused)).toContain(String(other.pid));
      expect(await readdir(folder)).toEqual(['start.lock']);
    } finally {
      other.kill();
    }
  });

  it.each([
    ['a process that died', 2 ** 22 + 1, 'node ops/start/main.ts'],
    ['a process whose number now belongs to another program', process.ppid, 'node ops/start/main.ts'],
  ])('is taken over from %s', async (_who, pid, command) => {
    await leave(pid, command);
    const release = await lockData(folder);
    await release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('is taken over when its file was cut short', async () => {
    await writeFile(join(folder, 'start.lock'), '{"pid":');
    await (await lockData(folder))();
    expect(await readdir(folder)).toEqual([]);
  });
});
