import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Stage } from '../../../db/moderation/stage.ts';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { commands } from './commands.ts';
import { Model } from './model.ts';
import { type Cast, World } from './world.ts';

/** `npm run drill -- model` asks for many more. */
const LIVES = Number(process.env.SOFI_MODEL_LIVES ?? '6');
const SEED = Number(process.env.SOFI_MODEL_SEED ?? '5');
const COMMANDS = 40;
const WITHIN_MS = 60 * 60_000;

describe('the life of a fiche', () => {
  let database: TestDatabase;
  let stage: Stage;
  let organisme: string;
  let cast: Cast;
  beforeAll(async () => {
    database = await createTestDatabase();
    stage = await Stage.open(database.url);
    const { id, of } = await stage.organisme();
    organisme = id;
    const [moderatrice, moderateur] = [await stage.person('moderateur'), await stage.person('moderateur')];
    cast = { of, moderators: { moderatrice, moderateur } };
  });
  afterAll(async () => {
    await stage.close();
    await database.drop();
  });

  it(
    'is what a small model says, whatever an OF, two moderators, releases and clocks do',
    async () => {
      let acts = 0;
      const life = fc.asyncProperty(fc.commands(commands(), { maxCommands: COMMANDS, size: 'max' }), async (done) => {
        await fc.asyncModelRun(() => ({ model: new Model(stage.now), real: new World(stage, cast, organisme) }), done);
        acts += [...done].length;
      });
      await fc.assert(life, { numRuns: LIVES, seed: SEED, endOnFailure: LIVES > 50 });
      console.info(`${LIVES} lives, ${acts} acts, the rows are what the model says`);
      expect(acts).toBeGreaterThan(LIVES);
    },
    WITHIN_MS,
  );
});
