import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ensureDemoFreshness } from '../db/fraicheur/settings.ts';
import { runImport } from '../db/imports/run-import.ts';
import { aPerson, storeFile } from '../db/imports/sample-file.ts';
import type { DemoClock } from '../domain/contract/fraicheur.contract.ts';
import { aLheoFile, aReceived } from '../domain/lheo/fiche/sample-lheo.ts';
import { addDays } from '../domain/model/calendar.ts';
import type { InstantMs, ParisDay } from '../domain/model/ids.ts';
import { parisDayOf } from '../domain/model/paris-time.ts';
import { PAYS_DE_LA_LOIRE } from '../domain/model/region.ts';
import { startWholeApi, type WholeApi } from '../ops/test/whole-api.ts';

const DAYS = 3;
const PATIENCE_MS = 90_000;
const LOOK_EVERY_MS = 300;

describe('the demo’s clock', () => {
  let api: WholeApi;
  beforeAll(async () => {
    api = await startWholeApi();
    await api.db.asWorker(ensureDemoFreshness);
    const admin = await aPerson(api.db, 'administrateur');
    const id = await storeFile(api.db, admin, aLheoFile([aReceived(1)]), { source: 'reprise', mode: 'partiel' });
    await runImport(api.db, id, { region: PAYS_DE_LA_LOIRE, now: () => Date.now() as InstantMs });
  }, PATIENCE_MS);
  afterAll(() => api.stop());

  it(
    'goes forward day by day, each with its pass and the release of that day',
    async () => {
      const today = parisDayOf(Date.now());
      const { call } = await api.login('admin@demo.sofi');
      const asked = await call('post', '/demo/clock', { days: DAYS });
      expect(asked.status).toBe(202);
      const place = String(asked.headers.location).replace('/api/v1', '');
      const end = Date.now() + PATIENCE_MS;
      let clock: DemoClock = asked.body;
      while (clock.run?.state === 'running' && Date.now() < end) {
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
        clock = (await call('get', place)).body;
      }
      expect(clock.run).toMatchObject({ jours: DAYS, faits: DAYS, state: 'done' });
      expect(clock.jour).toBe(addDays(today as ParisDay, DAYS));
      const days = Array.from({ length: DAYS }, (_, n) => addDays(today as ParisDay, n + 1));
      const read = await api.db.asWorker(async (sql) => ({
        passes: await sql.selectFrom('fraicheur_passe').select('jour').orderBy('jour').execute(),
        releases: await sql
          .selectFrom('release')
          .select(['day', 'state'])
          .where('scheduled', '=', true)
          .orderBy('day')
          .execute(),
      }));
      expect(read.passes.map(({ jour }) => jour)).toEqual(days);
      expect(read.releases).toEqual(days.map((day) => ({ day, state: 'published' })));
    },
    PATIENCE_MS * 2,
  );
});
