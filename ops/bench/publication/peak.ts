import { readFile, writeFile } from 'node:fs/promises';

/** Lets a process's greatest resident memory be counted anew; Linux only. */
export async function forgetPeak(pid: number): Promise<void> {
  await writeFile(`/proc/${pid}/clear_refs`, '5').catch(() => undefined);
}

/** Most memory that a process held resident since it was forgotten, in MB; 0 where the system does not tell. */
export async function peakMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? '0') / 1024;
}
