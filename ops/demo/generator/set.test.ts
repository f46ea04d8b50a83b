import { describe, expect, it } from '@jest/globals';
import { NEW_IDS } from '../../../db/imports/new-ids.ts';
import { loadCarriedTables } from '../../../db/reference/load.ts';
import { fromLheo } from '../../../domain/lheo/fiche/in.ts';
import { createSchema } from '../../../domain/lheo/schema.ts';
import { formatDay, ymdOfNumber } from '../../../domain/model/calendar.ts';
import { PAYS_DE_LA_LOIRE } from '../../../domain/model/region.ts';
import { checkFiche } from '../../../domain/model/rules.ts';
import { NO_TABLES } from '../../../domain/model/tables.ts';
import { lheoFile } from './file.ts';
import { formationAt, type SetOptions } from './formation.ts';
import { readPlaces } from './places.ts';

const options = async (formations: number): Promise<SetOptions> => ({
  seed: 7,
  organismes: 20,
  formations,
  todayDays: 20_000,
  places: await readPlaces(),
});

describe('a made set', () => {
  it('is one valid LHÉO 2.3 file', async () => {
    const schema = createSchema('2.3');
    try {
      expect(schema.validate([...lheoFile(await options(60))].join(''))).toEqual([]);
    } finally {
      schema.dispose();
    }
  });

  it('gives the same formation for a seed whatever else is made', async () => {
    const set = await options(60);
    expect(formationAt(set, 41)).toEqual(formationAt({ ...set, formations: 5_000 }, 41));
    expect(formationAt(set, 41)).not.toEqual(formationAt({ ...set, seed: 8 }, 41));
  });

  it('holds for four formations seven actions, twelve sessions and twenty-four dispositifs, and every organisme', async () => {
    const set = await options(60);
    const read = Array.from({ length: 60 }, (_, index) => fromLheo(formationAt(set, index), NEW_IDS));
    const actions = read.flatMap(({ formation }) => formation.actions);
    const sessions = actions.flatMap((action) => action.sessions);
    const dispositifs = sessions.flatMap((session) => session.dispositifs);
    expect([actions.length, sessions.length, dispositifs.length]).toEqual([105, 180, 360]);
    expect(new Set(read.map(({ organisme }) => organisme?.champs['numero-activite'])).size).toBe(20);
  });

  it('has no fault that stops an entry by hand, with the tables that SOFI carries', async () => {
    const set = await options(60);
    const carried = await loadCarriedTables();
    const faults = Array.from({ length: 60 }, (_, index) => {
      const { formation, organisme } = fromLheo(formationAt(set, index), NEW_IDS);
      const context = {
        channel: 'saisie' as const,
        today: formatDay(ymdOfNumber(set.todayDays)),
        region: PAYS_DE_LA_LOIRE,
        tables: { ...NO_TABLES, ...carried },
      };
      return [formation, organisme].flatMap((fiche) => (fiche === undefined ? [] : checkFiche(fiche, context)));
    }).flat();
    expect(faults.filter(({ severity }) => severity !== 'nonVerifie')).toEqual([]);
  });
});
