import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { bilingual, faultOf, StartFault } from '../services/faults.ts';
import { root } from '../services/folders.ts';
import { runToEnd } from '../services/processes.ts';

const SOURCES = ['admin-ui', 'domain', 'package-lock.json'];
const stamp = join(root, 'admin-ui/dist/.sources');

async function filesOf(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => undefined);
  if (entries === undefined) return [path];
  const kept = entries.filter((entry) => entry.name !== 'dist' && !/\.test\.tsx?$/.test(entry.name));
  return (await Promise.all(kept.map((entry) => filesOf(join(path, entry.name))))).flat();
}

async function sourcesHash(): Promise<string> {
  const files = (await Promise.all(SOURCES.map((source) => filesOf(join(root, source))))).flat().sort();
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(relative(root, file))
      .update('\0')
      .update(await readFile(file));
  return hash.digest('hex');
}

async function build(): Promise<void> {
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const args = [vite, 'build', '--config', 'admin-ui/vite.config.ts', '--logLevel', 'warn'];
  const env = { ...process.env, NODE_ENV: 'production' };
  try {
    await runToEnd({ name: 'vite build', command: process.execPath, args, cwd: root, env });
  } catch (error) {
    const said = error instanceof Error ? error.message.split('\n').slice(0, 6).join('\n') : String(error);
    throw (
      faultOf(error) ??
      new StartFault(bilingual('Les écrans ne se construisent pas :', `The screens cannot be built: ${said}`), {
        cause: error,
      })
    );
  }
}

/** Builds the screens unless what is there was made from the very same sources. Tells whether it built. */
export async function buildScreens(): Promise<boolean> {
  const hash = await sourcesHash();
  if ((await readFile(stamp, 'utf8').catch(() => '')) === hash) return false;
  await build();
  await writeFile(stamp, hash);
  return true;
}
