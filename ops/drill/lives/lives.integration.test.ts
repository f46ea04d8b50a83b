import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '../../../domain/model/calendar.ts';
import { parisDayOf } from '../../../domain/model/paris-time.ts';
import { releaseOn } from '../../../workers/activities/sample-release.ts';
import type { SampleSet } from '../../../workers/activities/sample-set.ts';
import { officialSchema } from '../../test/official-schema.ts';
import { openFeedsScene } from '../feeds-scene.ts';
import { Consumer } from '../month/consumer.ts';
import { until } from '../until.ts';
import { live, lives } from './life.ts';

/** `npm run drill -- lives 200` asks for many more. */
const LIVES = Number(process.env.SOFI_FEED_LIVES ?? '3');
const SEED = Number(process.env.SOFI_FEED_SEED ?? Date.now() % 1_000_000);
/** The first takes up every release, the second each other one… */
const SLEEPERS = 3;
const WITHIN_MS = 60 * 60_000;

const schema = officialSchema('random lives of an offer over HTTP');

const newestOf = (set: SampleSet) =>
  set.db.asWorker((tx) =>
    tx
      .selectFrom('release')
      .select(['n', 'state'])
      .where('state', 'in', ['published', 'empty'])
      .orderBy('n', 'desc')
      .limit(1)
      .executeTakeFirst(),
  );

/** Consumers that come when they like: some for every release, some after a while, one more with each release. */
class Town {
  readonly #url: string;
  readonly #set: SampleSet;
  readonly #settled: Consumer[];
  readonly #newcomers: Consumer[] = [];
  #seen = 0;
  #turns = 0;

  constructor(url: string, set: SampleSet) {
    this.#url = url;
    this.#set = set;
    this.#settled = Array.from({ length: SLEEPERS }, () => this.#consumer());
  }

  get turns(): number {
    return this.#turns;
  }

  #consumer(): Consumer {
    return new Consumer(this.#url, schema ?? (() => []));
  }

  /** After something happened: when a release came of it, whoever is awake takes it up. */
  async look(): Promise<void> {
    const newest = await newestOf(this.#set);
    if (newest === undefined || newest.n === this.#seen) return;
    this.#seen = newest.n;
    this.#turns += 1;
    // An empty set is served as 404; who was asleep meanwhile hears of it by the next delta.
    if (newest.state === 'empty') return;
    await this.#served(newest.n);
    for (const [i, consumer] of this.#settled.entries()) if (this.#turns % (i + 1) === 0) await consumer.day();
    const newcomer = this.#consumer();
    await newcomer.day();
    this.#newcomers.push(newcomer);
  }

  /** In the end everybody takes up the newest release, from wherever they stopped. */
  async end(): Promise<void> {
    if ((await newestOf(this.#set))?.state !== 'published') return;
    for (const consumer of [...this.#settled, ...this.#newcomers]) await consumer.day();
  }

  async #served(n: number): Promise<void> {
    await until(
      () => this.#consumer().newest(),
      (newest) => newest === n,
    );
  }
}

describe('over random lives of an offer', () => {
  (schema === undefined ? it.skip : it)(
    `a consumer that has only HTTP holds each full file by deltas, however long it slept (${LIVES})`,
    async () => {
      let releases = 0;
      const property = fc.asyncProperty(lives, async (days) => {
        const { set, url, close } = await openFeedsScene();
        try {
          let day = parisDayOf(Date.now());
          await set.organisme(day);
          const town = new Town(url, set);
          for (const steps of days) {
            for (const step of steps) {
              day = await live(set, step, day);
              await town.look();
            }
            await releaseOn(set.db, day);
            await town.look();
            day = addDays(day, 1);
          }
          await town.end();
          releases += town.turns;
        } finally {
          await close();
        }
      });
      await fc.assert(property, { numRuns: LIVES, seed: SEED, endOnFailure: LIVES > 20 });
      console.info(`${LIVES} lives from seed ${SEED}, ${releases} releases, every copy is the full file`);
      expect(releases).toBeGreaterThanOrEqual(3 * LIVES);
    },
    WITHIN_MS,
  );
});
