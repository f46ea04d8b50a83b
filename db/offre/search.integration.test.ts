import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aLheoFile, aReceived } from '../../domain/lheo/fiche/sample-lheo.ts';
import type { InstantMs } from '../../domain/model/ids.ts';
import { PAYS_DE_LA_LOIRE } from '../../domain/model/region.ts';
import { createTestDatabase, type TestDatabase } from '../../ops/test/database.ts';
import { type Database, openDatabase, type Viewer } from '../connect.ts';
import { runImport } from '../imports/run-import.ts';
import { aPerson, storeFile } from '../imports/sample-file.ts';
import { readSoumissions } from '../soumissions/list.ts';
import { readFormations } from './formations.ts';
import { readOrganismes } from './organismes.ts';

const NOW = Date.UTC(2026, 10, 24, 9) as InstantMs;

let test: TestDatabase;
let db: Database;
let viewer: Viewer;
let organisme: { readonly siret: string; readonly nda: string; readonly nom: string };

beforeAll(async () => {
  test = await createTestDatabase();
  db = await openDatabase({ url: test.url, poolMax: 2 });
  viewer = await aPerson(db, 'moderateur');
  for (const [source, numbers] of [
    ['onisep', [1, 2]],
    ['intercarif', [3]],
  ] as const) {
    const id = await storeFile(db, viewer, aLheoFile(numbers.map((n) => aReceived(n))), { source });
    await runImport(db, id, { region: PAYS_DE_LA_LOIRE, now: () => NOW });
  }
  organisme = await db.asWorker((sql) =>
    sql.selectFrom('organisme').select(['siret', 'nda', 'nom']).executeTakeFirstOrThrow(),
  );
});
afterAll(async () => {
  await db.close();
  await test.drop();
});

/** How many soumissions, formations and organismes answer to what was typed. */
function found(q: string): Promise<number[]> {
  return db.asViewer(viewer, async (sql) => {
    const slice = { filter: { q }, from: 0, limit: 10 };
    const soumissions = await readSoumissions(sql, { viewer, now: new Date(NOW) }, { ...slice, sort: ['id', 'asc'] });
    const formations = await readFormations(sql, { ...slice, sort: ['id', 'asc'] });
    const organismes = await readOrganismes(sql, { ...slice, sort: ['id', 'asc'] });
    return [soumissions.total, formations.total, organismes.total];
  });
}

describe('a search', () => {
  it('finds a formation by its numero, in the queue also before it is accepted', async () => {
    expect(await found('07_1')).toEqual([1, 1, 0]);
    expect(await found('07_3')).toEqual([1, 0, 0]);
  });

  it('finds by the numero of an action or a session', async () => {
    expect(await found('07_S2')).toEqual([1, 1, 0]);
  });

  it('finds all of an organisme by its SIRET, its NDA or its name', async () => {
    const { siret, nda, nom } = organisme;
    const spaced = siret.replace(/^(\d{3})(\d{3})(\d{3})/, '$1 $2 $3 ');
    expect(await found(spaced)).toEqual([4, 2, 1]);
    expect(await found(nda)).toEqual([4, 2, 1]);
    expect((await found(nom.slice(0, 8)))[2]).toBe(1);
  });

  it('finds words of a title, whatever their case, and takes signs as they are', async () => {
    expect(await found('ébéni')).toEqual([3, 2, 0]);
    expect(await found('%')).toEqual([0, 0, 0]);
  });
});
