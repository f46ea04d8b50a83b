import { join } from 'node:path';
import { root } from '../services/folders.ts';
import { startNode } from '../services/processes.ts';

/** Scenes that are tests as well; here with the full waits. */
const SCENES = 'ops/drill/(slow|disk|clocks|recovery)\\.integration';
const FULL = { SOFI_DRILL_AWAY_MS: '30000' };

/** Parts that are frozen, away, without disk or of another clock, and stores that are lost; answers the exit code. */
export async function runParts(): Promise<number> {
  const jest = join(root, 'node_modules/jest/bin/jest.js');
  const args = ['--experimental-vm-modules', jest, '-c', 'ops/test/jest.integration.mjs', '--runInBand', '--verbose'];
  const running = await startNode({
    name: 'parts',
    args: [...args, SCENES],
    cwd: root,
    env: { ...process.env, FORCE_COLOR: '0', ...FULL },
    onOutput: (text) => process.stdout.write(text),
  });
  return (await running.exited).code ?? 1;
}
