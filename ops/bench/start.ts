import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Rig } from '../drill/rig.ts';
import type { Bench, Row } from './bench.ts';

const AT_REST_AFTER_MS = 10_000;
const COLD_LIMIT_S = 120;
const WARM_LIMIT_S = 8;
const MEMORY_LIMIT_MB = 1_200;

async function parentOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

/** Proportional set size of the platform's processes and all below them (PostgreSQL's own among them), in MB. Linux only. */
async function memoryOf(roots: readonly number[]): Promise<number> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const parents = new Map(await Promise.all(pids.map(async (pid) => [pid, await parentOf(pid)] as const)));
  const below = (pid: number): boolean => roots.includes(pid) || (parents.has(pid) && below(parents.get(pid) ?? 0));
  const sizes = await Promise.all(
    pids.filter(below).map(async (pid) => {
      const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
      return Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0) / 1_024;
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function measure(say: (line: string) => void): Promise<readonly Row[]> {
  const began = performance.now();
  const rig = await Rig.open({ demoData: true });
  try {
    const cold = (performance.now() - began) / 1_000;
    say('first start done, with the demo data');
    await rig.stop();
    const warm = (await rig.start()) / 1_000;
    await sleep(AT_REST_AFTER_MS);
    const memory = await memoryOf(rig.run.processes.map(({ pid }) => pid));
    const limit = (reference: number) => ({ reference, referenceIs: 'the limit', atMost: 1 });
    return [
      {
        what: 'first start on an empty folder, to ready with demo data',
        measured: cold,
        unit: 's',
        ...limit(COLD_LIMIT_S),
      },
      { what: 'second start, to ready', measured: warm, unit: 's', ...limit(WARM_LIMIT_S) },
      { what: 'memory at rest, PSS of all processes', measured: memory, unit: 'MB', ...limit(MEMORY_LIMIT_MB) },
    ];
  } finally {
    await rig.close();
  }
}

export const bench: Bench = {
  name: 'start',
  comparedTo: "the limits of the main job (packages' download apart)",
  run: measure,
};
