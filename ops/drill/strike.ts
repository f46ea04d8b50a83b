import { setTimeout as sleep } from 'node:timers/promises';
import { Dice } from '../demo/generator/random.ts';
import { watchFeed } from './feed-watch.ts';
import { inspect } from './inspect.ts';
import type { People } from './people.ts';
import type { Rig, Target } from './rig.ts';
import { SCENES, type SceneName } from './scenes.ts';

export interface Strike {
  readonly scene: SceneName;
  readonly target: Target;
  readonly seed: number;
}

export interface Struck extends Strike {
  /** When the blow fell after the act began, in ms. */
  readonly afterMs: number;
  /** The act was acknowledged before the blow. */
  readonly acknowledged: boolean;
  readonly readyMs: number;
  /** From ready until the same act, tried again by a careful caller, was answered and seen through. */
  readonly settledMs: number;
  readonly caughtUpMs: number;
  /** Whole files of the feed that were read meanwhile. */
  readonly feeds: number;
  readonly wrong: readonly string[];
}

/** Begins an act, kills something in the middle of it, lets the platform come back and looks for what was lost. */
export async function strike(rig: Rig, people: People, { scene, target, seed }: Strike): Promise<Struck> {
  const { prepare, lastsMs } = SCENES[scene];
  const act = await prepare({ people, seed });
  const afterMs = new Dice(seed * 31 + scene.length).int(0, lastsMs);
  const feed = watchFeed(rig.run.apiUrl);
  let answer: unknown;
  const once = act.once().then(
    (given) => {
      answer = given;
    },
    () => undefined,
  );
  await sleep(afterMs);
  await rig.kill(target);
  const readyMs = await rig.recover(target);
  await once;
  const wrong: string[] = [];
  const ready = performance.now();
  await act
    .settle(answer)
    .catch((error: unknown) => wrong.push(error instanceof Error ? error.message : String(error)));
  const settledMs = performance.now() - ready;
  const inspected = await inspect(rig);
  const fed = await feed.stop();
  return {
    scene,
    target,
    seed,
    afterMs,
    readyMs,
    settledMs,
    acknowledged: answer !== undefined,
    caughtUpMs: inspected.caughtUpMs,
    feeds: fed.read,
    wrong: [...wrong, ...inspected.wrong, ...fed.wrong],
  };
}
