import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { blows } from './blows.ts';
import { decisionBlows } from './moderation.ts';
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

  it('loses no decision with the worker that is deciding, and makes none twice', async () => {
    for await (const { seed, wrong } of decisionBlows(rig, people, SEEDS)) {
      expect({ seed, wrong }).toEqual({ seed, wrong: [] });
    }
  }, 300_000);
});
