import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { root } from '../../services/folders.ts';

const DAYS = 30;

/** The whole month by the same test that runs a few days of it in `npm test`; answers its exit code. */
export async function runMonth(): Promise<number> {
  const jest = ['--experimental-vm-modules', 'node_modules/.bin/jest', '-c', 'ops/test/jest.integration.mjs'];
  const child = spawn(process.execPath, [...jest, 'ops/drill/month'], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, SOFI_MONTH_DAYS: process.env.SOFI_MONTH_DAYS ?? String(DAYS) },
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 2;
}
