import { Rig, TARGETS } from './rig.ts';
import { SCENES, type SceneName } from './scenes.ts';
import { openStage } from './stage.ts';
import { type Struck, strike } from './strike.ts';

const SEEDS = 20;
const scenes = Object.keys(SCENES) as SceneName[];

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

function lineOf({ scene, target, seed, afterMs, acknowledged, readyMs, caughtUpMs, feeds, wrong }: Struck): string {
  const what = `${wrong.length === 0 ? '✓' : '✗'} ${scene.padEnd(12)} ${target.padEnd(9)} seed ${String(seed).padEnd(3)}`;
  const figures = `blow at ${String(afterMs).padStart(4)} ms${acknowledged ? ', acknowledged' : ''}, ready ${seconds(readyMs)}, caught up ${seconds(caughtUpMs)}, ${feeds} feeds`;
  return [`${what} ${figures}`, ...wrong.map((one) => `    ${one}`)].join('\n');
}

/** Seeds asked for, `1-20` or `7`; default all twenty. */
function seedsOf(asked: string | undefined): number[] {
  const [from = 1, to = from] = (asked ?? `1-${SEEDS}`).split('-').map(Number);
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

async function drill(seeds: readonly number[]): Promise<Struck[]> {
  const rig = await Rig.open();
  const struck: Struck[] = [];
  try {
    const people = await openStage(rig);
    for (const seed of seeds) {
      for (const [index, scene] of scenes.entries()) {
        const target = TARGETS[(seed + index) % TARGETS.length] ?? 'all';
        const one = await strike(rig, people, { scene, target, seed });
        console.log(lineOf(one));
        struck.push(one);
      }
    }
  } finally {
    await rig.close();
  }
  return struck;
}

const struck = await drill(seedsOf(process.argv[2]));
const failed = struck.filter(({ wrong }) => wrong.length > 0);
const most = (of: (one: Struck) => number) => seconds(Math.max(...struck.map(of)));
console.log(
  `${struck.length} blows, ${failed.length} with losses; ready after ${most(({ readyMs }) => readyMs)} at most, caught up ${most(({ caughtUpMs }) => caughtUpMs)} later at most`,
);
process.exit(failed.length === 0 ? 0 : 1);
