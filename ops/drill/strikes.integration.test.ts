import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { blows } from './blows.ts';
import type { People } from './people.ts';
import { Rig } from './rig.ts';
import { openStage } from './stage.ts';

/** `npm run drill` strikes at twenty. */
const SEEDS = [1, 2, 3];

describe('kill -9 in the middle of an act', () => {
  let rig: Rig;
  let people: People;
  beforeAll(async () => {
    rig = await Rig.open();
    people = await openStage(rig);
  }, 120_000);
  afterAll(() => rig.close(), 60_000);

  it.each(SEEDS)(
    'loses nothing and makes nothing twice (seed %i)',
    async (seed) => {
      for await (const { scene, target, wrong } of blows(rig, people, [seed])) {
        expect({ scene, target, wrong }).toEqual({ scene, target, wrong: [] });
      }
    },
    300_000,
  );
});
