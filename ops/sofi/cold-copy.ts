import { chmod, chown, copyFile, mkdir, readdir, readFile, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { repairOrphan } from '../services/postgres-orphan.ts';
import { commandOf } from '../services/process-identity.ts';
import { readRunFile } from '../start/run-file.ts';
import { Refused } from './verb-end.ts';

/** What a folder of the database holds that a copy leaves out: logs, programs, halves of an interrupted set-up. */
const LEFT_OUT = /^(postgres-programs-.*|.*\.log|postgres\.new|\.initdb-.*)$/;

/** Who owns what is copied, when the copier may say so. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

export interface CopyFigures {
  readonly files: number;
  readonly bytes: number;
}

interface Entry {
  readonly path: string;
  readonly size: number;
  readonly folder: boolean;
}

/** Everything to copy below a folder, folders before what they hold. */
export async function listFiles(root: string, below = ''): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const { name } of await readdir(join(root, below), { withFileTypes: true })) {
    if (below === '' && LEFT_OUT.test(name)) continue;
    const path = join(below, name);
    const { size } = await stat(join(root, path));
    const folder = (await stat(join(root, path))).isDirectory();
    entries.push({ path, size: folder ? 0 : size, folder });
    if (folder) entries.push(...(await listFiles(root, path)));
  }
  return entries;
}

/** Copies a folder with its modes; `owner` (root only) says whose the copy is, default whose each original is. */
export async function copyFolder(
  from: string,
  to: string,
  told: { readonly owner?: Owner; readonly onProgress?: (done: number, total: number) => void },
): Promise<CopyFigures> {
  const entries = await listFiles(from);
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  let bytes = 0;
  await mkdir(to, { recursive: true });
  for (const { path, size, folder } of entries) {
    const [source, copy] = [join(from, path), join(to, path)];
    const { mode, uid, gid, atime, mtime } = await stat(source);
    if (folder) await mkdir(copy, { recursive: true });
    else await copyFile(source, copy);
    await chmod(copy, mode & 0o7777);
    if (process.getuid?.() === 0) await chown(copy, told.owner?.uid ?? uid, told.owner?.gid ?? gid);
    if (!folder) await utimes(copy, atime, mtime);
    bytes += size;
    told.onProgress?.(bytes, total);
  }
  return { files: entries.filter(({ folder }) => !folder).length, bytes };
}

/** Refuses with one sentence while a platform, or its database left alone by a kill, runs on the data folder. */
export async function requireStopped(data: string): Promise<void> {
  for (const { name, pid, command } of (await readRunFile(data))?.processes ?? []) {
    if (name === 'postgres' || (await commandOf(pid)) !== command) continue;
    throw new Refused(`SOFI tourne sur ${data} (${name}, processus ${pid}) : arrêtez-le d’abord.`);
  }
  await repairOrphan(join(data, 'database', 'postgres'));
}

/** Whether a folder holds a PostgreSQL cluster of ours; throws `Refused` when it does not. */
export async function requireCluster(folder: string): Promise<string> {
  const version = await readFile(join(folder, 'postgres', 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (version === undefined) throw new Refused(`Aucune base embarquée dans ${folder}.`);
  return version.trim();
}
