import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { commandOf, endProcess } from './process-identity.ts';

/**
 * Makes a database folder startable again after its parent was killed: the server that went on alone is stopped, a lock
 * left by a dead one is removed. Tells what was found.
 */
export async function repairOrphan(databaseDir: string): Promise<'nothing' | 'stoppedOrphan' | 'removedStaleLock'> {
  const lockFile = join(databaseDir, 'postmaster.pid');
  const lock = await readFile(lockFile, 'utf8').catch(() => undefined);
  if (lock === undefined) return 'nothing';
  const pid = Number(lock.split('\n')[0]);
  const command = Number.isInteger(pid) && pid > 0 ? await commandOf(pid) : undefined;
  if (command?.includes('postgres') && command.includes(databaseDir)) {
    await endProcess(pid, 'SIGINT', 10_000);
    await rm(lockFile, { force: true });
    return 'stoppedOrphan';
  }
  await rm(lockFile, { force: true });
  return 'removedStaleLock';
}
