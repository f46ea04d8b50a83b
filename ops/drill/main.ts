import { runDay } from './day.ts';
import { BLOWS, runEscalation, runFeedLives, runLostAnswers, runModel } from './moderation.ts';
import { runMonth } from './month/run.ts';
import { runParts } from './parts.ts';
import { Rig } from './rig.ts';
import { openStage } from './stage.ts';
import type { Struck } from './strike.ts';
import { runUpgrade } from './upgrade.ts';

const SEEDS = 20;

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

function lineOf({
  scene,
  target,
  seed,
  afterMs,
  acknowledged,
  readyMs,
  settledMs,
  caughtUpMs,
  feeds,
  wrong,
}: Struck): string {
  const what = `${wrong.length === 0 ? '✓' : '✗'} ${scene.padEnd(12)} ${target.padEnd(9)} seed ${String(seed).padEnd(3)}`;
  const figures = `blow at ${String(afterMs).padStart(4)} ms${acknowledged ? ', acknowledged' : ''}, ready ${seconds(readyMs)}, answered ${seconds(settledMs)}, caught up ${seconds(caughtUpMs)}, ${feeds} feeds`;
  return [`${what} ${figures}`, ...wrong.map((one) => `    ${one}`)].join('\n');
}

/** Seeds asked for, `1-20` or `7`; default all twenty. */
function seedsOf(asked: string | undefined): number[] {
  const [from = 1, to = from] = (asked ?? `1-${SEEDS}`).split('-').map(Number);
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

async function drill(seeds: readonly number[], of: keyof typeof BLOWS): Promise<Struck[]> {
  const rig = await Rig.open();
  const struck: Struck[] = [];
  try {
    const people = await openStage(rig);
    for await (const one of BLOWS[of](rig, people, seeds)) {
      console.log(lineOf(one));
      struck.push(one);
    }
  } finally {
    await rig.close();
  }
  return struck;
}

/** What a first word asks for instead of blows; each answers its exit code. */
const VERBS: Readonly<Record<string, (...given: string[]) => Promise<number>>> = {
  month: runMonth,
  lives: runFeedLives,
  upgrade: runUpgrade,
  parts: runParts,
  model: runModel,
  answers: runLostAnswers,
  escalation: runEscalation,
  day: runDay,
};

const [asked, ...given] = process.argv.slice(2);
const verb = VERBS[asked ?? ''];
if (verb !== undefined) process.exit(await verb(...given));
const decisions = asked === 'decision';
const struck = await drill(seedsOf(decisions ? given[0] : asked), decisions ? 'decision' : 'all');
const failed = struck.filter(({ wrong }) => wrong.length > 0);
const most = (of: (one: Struck) => number) => seconds(Math.max(...struck.map(of)));
console.log(
  `${struck.length} blows, ${failed.length} with losses; ready after ${most(({ readyMs }) => readyMs)} at most, caught up ${most(({ caughtUpMs }) => caughtUpMs)} later at most`,
);
const parts = asked === undefined ? await runParts() : 0;
process.exit(failed.length === 0 ? parts : 1);
