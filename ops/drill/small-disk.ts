import { appendFile, mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runToEnd } from '../services/processes.ts';

export interface SmallDisk {
  readonly folder: string;
  /** Writes until nothing more fits. */
  readonly fill: () => Promise<void>;
  /** Frees what `fill` took. */
  readonly free: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const CHUNK = Buffer.alloc(4 * 1024 * 1024, 1);
const CRUMB = CHUNK.subarray(0, 4_096);

/** A disk of that many megabytes, in memory; undefined where this user may not mount one. */
export async function openSmallDisk(megabytes: number): Promise<SmallDisk | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'sofi-disk-'));
  const mount = ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'tmpfs', folder];
  const mounted = await runToEnd({ name: 'mount', command: 'mount', args: mount }).then(
    () => true,
    () => false,
  );
  if (!mounted) {
    await rm(folder, { recursive: true });
    return undefined;
  }
  const filler = join(folder, 'filler');
  return {
    folder,
    async fill() {
      for (const piece of [CHUNK, CRUMB]) {
        while ((await statfs(folder)).bavail > 0) {
          const fits = await appendFile(filler, piece).then(
            () => true,
            () => false,
          );
          if (!fits) break;
        }
      }
    },
    free: () => rm(filler, { force: true }),
    async close() {
      await runToEnd({ name: 'umount', command: 'umount', args: ['--lazy', folder] });
      await rm(folder, { recursive: true, force: true });
    },
  };
}
