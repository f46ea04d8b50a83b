import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { root } from './folders.ts';
import { isAlive } from './process-identity.ts';
import { runToEnd, startNode, startProcess } from './processes.ts';

async function untilGone(pid: number): Promise<void> {
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('a child process', () => {
  it('that ignores the request to stop is ended after its time', async () => {
    const deaf = await startProcess({
      name: 'deaf',
      command: process.execPath,
      args: ['-e', 'process.on("SIGTERM", () => 0); console.log("up"); setInterval(() => 0, 1000)'],
      stopTimeoutMs: 200,
    });
    while (!deaf.output().includes('up')) await new Promise((resolve) => setTimeout(resolve, 20));
    await deaf.stop();
    expect((await deaf.exited).signal).toBe('SIGKILL');
  });

  it('of Node stops by itself when its parent is killed', async () => {
    const script = `
      import { startNode } from './ops/services/processes.ts';
      const child = await startNode({ name: 'child', args: ['-e', 'setInterval(() => 0, 1000)'] });
      console.log(child.pid);
      setInterval(() => 0, 1000);`;
    const parent = await startProcess({
      name: 'parent',
      command: process.execPath,
      args: ['--input-type=module', '-e', script],
      cwd: root,
    });
    while (!/^\d+$/m.test(parent.output())) await new Promise((resolve) => setTimeout(resolve, 20));
    const grandchild = Number(/^\d+$/m.exec(parent.output())?.[0]);
    expect(isAlive(grandchild)).toBe(true);
    parent.child.kill('SIGKILL');
    await untilGone(grandchild);
  });

  it('says what it printed when it fails, and keeps its log to its owner', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sofi-process-'));
    const logFile = join(folder, 'log');
    const failing = runToEnd({
      name: 'failing',
      command: process.execPath,
      args: ['-e', 'console.error("why"); process.exit(3)'],
      logFile,
    });
    await expect(failing).rejects.toThrow(/failing failed \(3\): why/);
    expect(await readFile(logFile, 'utf8')).toContain('why');
    expect((await stat(logFile)).mode & 0o077).toBe(0);
    await rm(folder, { recursive: true, force: true });
  });

  it('that does not exist is refused', async () => {
    await expect(startProcess({ name: 'none', command: '/nonexistent', args: [] })).rejects.toThrow('ENOENT');
    await expect(startNode({ name: 'none', args: ['/nonexistent.ts'] }).then((it) => it.exited)).resolves.toMatchObject(
      { code: 1 },
    );
  });
});
