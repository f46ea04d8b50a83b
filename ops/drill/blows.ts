import type { People } from './people.ts';
import { type Rig, TARGETS } from './rig.ts';
import { SCENES, type SceneName } from './scenes.ts';
import { type Struck, strike } from './strike.ts';

const scenes = Object.keys(SCENES) as SceneName[];

/** Each seed strikes each scene once; the target turns with both, so that three seeds and twenty meet them evenly. */
export async function* blows(rig: Rig, people: People, seeds: readonly number[]): AsyncGenerator<Struck> {
  for (const seed of seeds) {
    for (const [index, scene] of scenes.entries()) {
      const target = TARGETS[(seed + index) % TARGETS.length] ?? 'all';
      yield await strike(rig, people, { scene, target, seed });
    }
  }
}
