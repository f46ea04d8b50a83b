import { readdir, readFile, readlink, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandOf, endProcess, isAlive } from './process-identity.ts';

const LEFT_BEHIND_MS = 10_000;

/** Processes at work in the folder: the server's own, which outlive it for a moment when it is killed. Linux only. */
async function atWorkIn(databaseDir: string): Promise<number[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const folders = await Promise.all(pids.map((pid) => readlink(`/proc/${pid}/cwd`).catch(() => '')));
  return pids.filter((_, index) => folders[index] === databaseDir).map(Number);
}

/**
 * Waits until the processes of a dead server are gone, and ends those that are not: two servers writing one folder would
 * destroy it.
 */
async function endLeftBehind(databaseDir: string): Promise<void> {
  const deadline = Date.now() + LEFT_BEHIND_MS;
  for (let pids = await atWorkIn(databaseDir); pids.length > 0; pids = await atWorkIn(databaseDir)) {
    const late = Date.now() > deadline;
    for (const pid of pids) if (isAlive(pid)) process.kill(pid, late ? 'SIGKILL' : 'SIGQUIT');
    await sleep(50);
  }
}

/**
 * Makes a database folder startable again after its parent was killed: the server that went on alone is stopped, a lock
 * left by a dead one is removed once nothing of it runs any more. Tells what was found.
 */
export async function repairOrphan(databaseDir: string): Promise<'nothing' | 'stoppedOrphan' | 'removedStaleLock'> {
  const lockFile = join(databaseDir, 'postmaster.pid');
  const lock = await readFile(lockFile, 'utf8').catch(() => undefined);
  if (lock === undefined) return 'nothing';
  const pid = Number(lock.split('\n')[0]);
  const command = Number.isInteger(pid) && pid > 0 ? await commandOf(pid) : undefined;
  const orphan = command?.includes('postgres') === true && command.includes(databaseDir);
  if (orphan) await endProcess(pid, 'SIGINT', 10_000);
  await endLeftBehind(databaseDir);
  // Elsewhere than on Linux the server itself looks whether an older one still holds its memory: it needs the file for that.
  if (orphan || process.platform === 'linux' || command !== undefined) await rm(lockFile, { force: true });
  return orphan ? 'stoppedOrphan' : 'removedStaleLock';
}
