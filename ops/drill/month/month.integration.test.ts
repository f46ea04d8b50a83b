import { describe, expect, it } from '@jest/globals';
import { addDays } from '../../../domain/model/calendar.ts';
import type { ParisDay } from '../../../domain/model/ids.ts';
import { instantOf } from '../../../domain/model/paris-time.ts';
import { officialSchema } from '../../test/official-schema.ts';
import { openFeedsScene } from '../feeds-scene.ts';
import { Consumer } from './consumer.ts';
import { simulate } from './simulate.ts';

/** `npm run drill -- month` asks for the whole month. */
const DAYS = Number(process.env.SOFI_MONTH_DAYS ?? '4');

const schema = officialSchema('the month of an independent consumer');

describe('a month of releases', () => {
  (schema === undefined ? it.skip : it)(
    `leaves an independent consumer with the exact offer at the end of each day (${DAYS})`,
    async () => {
      const first = '2026-10-10' as ParisDay;
      const { set, url, close } = await openFeedsScene(() => instantOf(addDays(first, DAYS), 12));
      const said: string[] = [];
      try {
        const consumer = new Consumer(url, schema ?? (() => []));
        await simulate({ db: set.db, consumer, first, days: DAYS, seed: 6, say: (line) => said.push(line) });
        expect(said).toHaveLength(DAYS);
        if (process.env.SOFI_MONTH_DAYS !== undefined) console.log(said.join('\n'));
      } finally {
        await close();
      }
    },
    900_000,
  );
});
