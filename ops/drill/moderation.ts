import { blows } from './blows.ts';
import type { People } from './people.ts';
import type { Rig } from './rig.ts';
import { runTests } from './run-tests.ts';
import { type Struck, strike } from './strike.ts';

const SAID = /lives|items told|✓|✕|●|Error|counterexample|Tests:|says/i;

/** The worker killed in the middle of a decision, once for each seed. */
export async function* decisionBlows(rig: Rig, people: People, seeds: readonly number[]): AsyncGenerator<Struck> {
  for (const seed of seeds) yield await strike(rig, people, { scene: 'decision', target: 'worker', seed });
}

/** What strikes for a verb of the drill: all scenes and parts, or the worker in decisions. */
export const BLOWS = { all: blows, decision: decisionBlows } as const;

/** Lives of a fiche against the small model; answers the exit code. */
export function runModel(lives = '400'): Promise<number> {
  const seed = String(Date.now() % 1_000_000);
  console.log(`${lives} lives from seed ${seed} (SOFI_MODEL_SEED takes it again)`);
  const env = { SOFI_MODEL_SEED: seed, ...onlySet('SOFI_MODEL_SEED'), SOFI_MODEL_LIVES: lives };
  return runTests({ part: 'integration', path: 'ops/drill/model', env, shown: SAID });
}

/** Random lives of an offer, followed over HTTP alone; answers the exit code. */
export function runFeedLives(lives = '100'): Promise<number> {
  const seed = String(Date.now() % 1_000_000);
  console.log(`${lives} lives from seed ${seed} (SOFI_FEED_SEED takes it again)`);
  const env = { SOFI_FEED_SEED: seed, ...onlySet('SOFI_FEED_SEED'), SOFI_FEED_LIVES: lives };
  return runTests({ part: 'integration', path: 'ops/drill/lives', env, shown: SAID });
}

/** Lives that lose the answer of three calls in ten, against the same without; answers the exit code. */
export function runLostAnswers(lives = '1000'): Promise<number> {
  const env = { SOFI_LOST_LIVES: lives };
  return runTests({ part: 'workflow', path: 'workers/lost-answers', env, shown: SAID });
}

/** Promises of many soumissions due at one hour, in skipped time; answers the exit code. */
export function runEscalation(items = '10000'): Promise<number> {
  return runTests({ part: 'workflow', path: 'workers/escalation', env: { SOFI_ESCALATED: items }, shown: SAID });
}

function onlySet(name: string): Record<string, string> {
  const value = process.env[name];
  return value === undefined ? {} : { [name]: value };
}
