import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { WorkflowBundle } from '@temporalio/worker';

const ROOT = resolve(fileURLToPath(import.meta.url), '../..');
const PROGRAM = join(ROOT, 'workers/bundle-program.ts');
/** All that a workflow may import, and the lock that fixes the SDK. */
const SOURCES = ['workflows', 'domain/model', 'domain/grammar'];

async function sourceFiles(folder: string): Promise<string[]> {
  const names = await readdir(join(ROOT, folder), { recursive: true });
  return names
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => join(folder, name))
    .sort();
}

async function sourceHash(): Promise<string> {
  const files = (await Promise.all(SOURCES.map(sourceFiles))).flat();
  const hash = createHash('sha256');
  for (const file of [...files, 'package-lock.json']) {
    hash.update(file).update(await readFile(join(ROOT, file)));
  }
  return hash.digest('hex').slice(0, 32);
}

/** The bundle of the workflows as their sources are now; made once, then read from the data folder. */
export async function cachedBundle(dataFolder: string): Promise<WorkflowBundle> {
  const folder = join(dataFolder, 'workflow-bundles');
  const file = join(folder, `${await sourceHash()}.js`);
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept !== undefined) return { code: kept };
  await mkdir(folder, { recursive: true });
  await promisify(execFile)(process.execPath, [PROGRAM, file]);
  return { code: await readFile(file, 'utf8') };
}
