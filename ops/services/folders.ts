import { createHash } from 'node:crypto';
import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

function isWritable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Where `npm start` keeps its data and the `sofi` verbs find run.json: SOFI_DATA, else `.data` in the checkout. For the
 * root user, whose folders the database's own user cannot reach, one folder per checkout under /var/lib (or the temp folder).
 */
export function dataFolder(env: NodeJS.ProcessEnv = process.env): string {
  if (env.SOFI_DATA) return resolve(env.SOFI_DATA);
  if (!isRoot()) return join(root, '.data');
  const own = `${basename(root)}-${createHash('sha256').update(root).digest('hex').slice(0, 8)}`;
  const shared = '/var/lib/sofi';
  return join(isWritable(shared) ? shared : join(tmpdir(), 'sofi'), own);
}

/** Where downloaded server binaries are kept for every checkout: SOFI_CACHE, else the user's cache folder, else node_modules. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  if (env.SOFI_CACHE) return resolve(env.SOFI_CACHE);
  const user =
    process.platform === 'darwin'
      ? join(homedir(), 'Library/Caches')
      : (env.XDG_CACHE_HOME ?? join(homedir(), '.cache'));
  const kept = join(user, 'sofi');
  return isWritable(kept) ? kept : join(root, 'node_modules/.cache/sofi');
}

/** Makes a folder that other users may cross but not list: the database of the root user runs as another user. */
export async function makeCrossable(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  if (isRoot() && statSync(folder).uid === 0) await chmod(folder, statSync(folder).mode | 0o711);
}

/** The first folder on the way to `path` that users without rights cannot cross, undefined when all can. */
export function closedFolder(path: string): string | undefined {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}
