import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sql } from 'kysely';
import { openRelease } from '../../db/publication/releases.ts';
import { createSchema } from '../../domain/lheo/schema.ts';
import { addDays } from '../../domain/model/calendar.ts';
import type { ParisDay } from '../../domain/model/ids.ts';
import { instantOf, parisDayOf } from '../../domain/model/paris-time.ts';
import { live, lives } from '../../ops/drill/lives/life.ts';
import { createTestDatabase } from '../../ops/test/database.ts';
import { releaseOn, runRelease } from './sample-release.ts';
import { SampleSet } from './sample-set.ts';

/** `SOFI_LIVES=100` for the full count. */
const LIVES = Number(process.env.SOFI_LIVES ?? '3');
const FIRST_DAY = '2026-11-24' as ParisDay;
/** The formations of a file by numero. */
function formationsOf(xml: string): Map<string, string> {
  const found = xml.matchAll(/^<formation [^>]*?numero="([^"]+)"[\s\S]*?^<\/formation>$/gm);
  return new Map([...found].map(([text, numero = '']) => [numero, text]));
}

describe('over random lives of an offer', () => {
  it(`each set with the delta from an earlier one is the later set, and every byte is valid (${LIVES})`, async () => {
    const schema = createSchema('2.3');
    await fc.assert(
      fc.asyncProperty(lives, async (days) => {
        const set = await SampleSet.open(await createTestDatabase());
        try {
          await set.organisme(FIRST_DAY);
          let day = FIRST_DAY;
          for (const steps of days) {
            for (const one of steps) day = await live(set, one, day);
            await releaseOn(set.db, day);
            day = addDays(day, 1);
          }
          const { rows } = await set.db.asWorker((tx) =>
            sql<{ n: number }>`select n from release where state in ('published', 'empty') order by n`.execute(tx),
          );
          const files = new Map<number, Map<string, string>>();
          for (const { n } of rows) {
            const xml = await set.file(n);
            files.set(n, formationsOf(xml));
            if (files.get(n)?.size !== 0) expect(schema.validate(xml)).toEqual([]);
          }
          for (const [n, before] of files) {
            for (const [m, after] of files) {
              if (m < n) continue;
              const { changed, deleted } = await set.delta(n, m);
              const made = new Map(before);
              for (const { numero } of deleted) expect(made.delete(numero)).toBe(true);
              for (const { numero } of changed) made.set(numero, after.get(numero) ?? '');
              expect(Object.fromEntries(made)).toEqual(Object.fromEntries(after));
            }
          }
          const reused = await set.db.asWorker((tx) =>
            sql`select numero from release_member where kind = 'formation' group by numero having count(distinct fiche_id) > 1`.execute(
              tx,
            ),
          );
          expect(reused.rows).toEqual([]);
        } finally {
          await set.close();
        }
      }),
      { numRuns: LIVES, ...(process.env.SOFI_SEED === undefined ? {} : { seed: Number(process.env.SOFI_SEED) }) },
    );
    schema[Symbol.dispose]();
  }, 600_000);
});

describe('the scheduled release', () => {
  it.each(['2026-03-28', '2026-10-24'] as ParisDay[])(
    'is one for each Paris day around the change of hour after %s, its clock five minutes off either way',
    async (eve) => {
      const set = await SampleSet.open(await createTestDatabase());
      try {
        const outcomes: string[] = [];
        for (const more of [0, 1, 2]) {
          for (const off of [-5, 5]) {
            const at = instantOf(addDays(eve, more), 4) + off * 60_000;
            const asked = { kind: 'normal', scheduled: true, day: parisDayOf(at), requestedBy: null, at } as const;
            const { n, outcome } = await set.db.asWorker((tx) => openRelease(tx, asked));
            outcomes.push(outcome);
            if (outcome === 'opened') await runRelease(set.db, n);
          }
        }
        expect(outcomes).toEqual(['opened', 'already', 'opened', 'already', 'opened', 'already']);
        const { rows } = await set.db.asWorker((tx) =>
          sql<{ day: string }>`select day from release where scheduled order by n`.execute(tx),
        );
        expect(rows.map(({ day }) => day)).toEqual([0, 1, 2].map((more) => addDays(eve, more)));
      } finally {
        await set.close();
      }
    },
  );

  it('is one even when two ask at once', async () => {
    const set = await SampleSet.open(await createTestDatabase());
    try {
      const at = instantOf(FIRST_DAY, 12);
      const ask = (scheduled: boolean) =>
        set.db.asWorker((tx) => openRelease(tx, { kind: 'normal', scheduled, day: FIRST_DAY, requestedBy: null, at }));
      const opened = await Promise.all([ask(false), ask(false), ask(true), ask(false)]);
      expect(new Set(opened.map(({ n }) => n)).size).toBe(1);
      expect(opened.filter(({ outcome }) => outcome === 'opened')).toHaveLength(1);
    } finally {
      await set.close();
    }
  });
});
