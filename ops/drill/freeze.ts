import { readdir, readFile } from 'node:fs/promises';
import type { Rig } from './rig.ts';

async function childrenOf(parent: number): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const stats = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')));
  return pids.filter((_, index) => {
    const stat = stats[index] ?? '';
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent;
  });
}

/** Stops a part and its processes where they are (SIGSTOP): connections stay open, nothing answers. What is returned thaws it. */
export async function freeze(rig: Rig, part: 'postgres' | 'temporal' | 'worker'): Promise<() => void> {
  const pid = await rig.pidOf(part);
  process.kill(pid, 'SIGSTOP');
  const pids = [...(await childrenOf(pid)), pid];
  const send = (signal: NodeJS.Signals) => {
    for (const one of pids) {
      try {
        process.kill(one, signal);
      } catch {
        // It ended meanwhile.
      }
    }
  };
  send('SIGSTOP');
  return () => send('SIGCONT');
}
