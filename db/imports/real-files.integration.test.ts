import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { InstantMs } from '../../domain/model/ids.ts';
import { PAYS_DE_LA_LOIRE } from '../../domain/model/region.ts';
import { createTestDatabase, type TestDatabase } from '../../ops/test/database.ts';
import { examplesAreHere, readExamples } from '../../ops/test/examples/example-files.ts';
import { type Database, openDatabase, type Viewer } from '../connect.ts';
import { finishImport } from './import-rows.ts';
import { readImport, readLines } from './report.ts';
import { runImport } from './run-import.ts';
import { aPerson, storeFile } from './sample-file.ts';

if (!examplesAreHere) console.warn('SKIPPED: the real LHÉO files are not beside this checkout (SOFI_SHARED)');
const whenHere = examplesAreHere ? it : it.skip;

let test: TestDatabase;
let db: Database;
let administrator: Viewer;
beforeEach(async () => {
  test = await createTestDatabase();
  db = await openDatabase({ url: test.url, poolMax: 4 });
  administrator = await aPerson(db, 'administrateur');
});
afterEach(async () => {
  await db.close();
  await test.drop();
});

async function imported(xml: string) {
  const id = await storeFile(db, administrator, xml, { source: 'onisep' });
  await runImport(db, id, { region: PAYS_DE_LA_LOIRE, now: () => Date.UTC(2026, 10, 24, 9) as InstantMs });
  return db.asWorker(async (sql) => {
    await finishImport(sql, id);
    return { row: await readImport(sql, id), lines: await readLines(sql, id) };
  });
}

describe('the real files of the national flow', () => {
  whenHere('are versions of one formation: nothing is refused for being past, elsewhere or old', async () => {
    const outcomes: string[] = [];
    for (const { name, xml } of readExamples()) {
      const { row, lines } = await imported(xml);
      expect([name, lines.filter(({ kind }) => kind === 'refus')]).toEqual([name, []]);
      outcomes.push(row?.created === 1 ? 'created' : row?.changed === 1 ? 'changed' : 'unchanged');
    }
    const fiches = await db.asWorker((sql) =>
      sql.selectFrom('formation').select(['numero', 'version_n']).orderBy('numero').execute(),
    );
    const versions = outcomes.slice(0, 13).filter((outcome) => outcome !== 'unchanged').length;
    expect(fiches).toEqual([
      { numero: '07_10', version_n: versions },
      { numero: '9436_18706', version_n: 1 },
    ]);
    expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(2);
    const sessions = await db.asWorker((sql) => sql.selectFrom('session').select('numero').orderBy('numero').execute());
    expect(sessions.map(({ numero }) => numero)).toEqual(['114782', '123324', '9436_18706']);
  });
});
