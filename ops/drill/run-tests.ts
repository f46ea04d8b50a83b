import { join } from 'node:path';
import { root } from '../services/folders.ts';
import { startNode } from '../services/processes.ts';

export interface TestRun {
  readonly part: 'integration' | 'workflow';
  /** Regular expression of the test's path. */
  readonly path: string;
  /** The counts it is asked for. */
  readonly env: Readonly<Record<string, string>>;
  /** Which lines of its output are shown; default: all. */
  readonly shown?: RegExp;
}

/** A test that runs small in `npm test`, at full counts; prints what it says and answers its exit code. */
export async function runTests({ part, path, env, shown = /^/ }: TestRun): Promise<number> {
  const jest = join(root, 'node_modules/jest/bin/jest.js');
  const running = await startNode({
    name: 'drill',
    args: ['--experimental-vm-modules', jest, '-c', `ops/test/jest.${part}.mjs`, '--runInBand', path],
    cwd: root,
    env: { ...process.env, FORCE_COLOR: '0', ...env },
    onOutput: (text) => {
      const lines = text.split('\n').filter((line) => line.trim() !== '' && shown.test(line));
      if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`);
    },
  });
  return (await running.exited).code ?? 1;
}
