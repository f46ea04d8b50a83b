import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aLheoFile, aReceived } from '../../domain/lheo/fiche/sample-lheo.ts';
import type { InstantMs } from '../../domain/model/ids.ts';
import { PAYS_DE_LA_LOIRE } from '../../domain/model/region.ts';
import { createTestDatabase, type TestDatabase } from '../../ops/test/database.ts';
import { type Database, openDatabase, type Viewer } from '../connect.ts';
import { finishImport } from './import-rows.ts';
import type { ImportRequest } from './received-file.ts';
import { readImport, readLines } from './report.ts';
import { runImport } from './run-import.ts';
import { aPerson, storeFile } from './sample-file.ts';

const OPTIONS = { region: PAYS_DE_LA_LOIRE, now: () => Date.UTC(2026, 10, 24, 9) as InstantMs };

let test: TestDatabase;
let db: Database;
let moderator: Viewer;

beforeEach(async () => {
  test = await createTestDatabase();
  db = await openDatabase({ url: test.url, poolMax: 4 });
  moderator = await aPerson(db, 'moderateur');
});
afterEach(async () => {
  await db.close();
  await test.drop();
});

const file = (...numbers: readonly number[]) => aLheoFile(numbers.map((n) => aReceived(n)));
const upTo = (n: number) => Array.from({ length: n }, (_, k) => k + 1);

async function importing(text: string, asked: Partial<ImportRequest> = {}) {
  const id = await storeFile(db, moderator, text, { source: 'onisep', mode: 'complet', ...asked });
  await runImport(db, id, OPTIONS);
  return db.asWorker(async (sql) => {
    await finishImport(sql, id);
    const row = await readImport(sql, id);
    return { absent: row?.absent, created: row?.created, unchanged: row?.unchanged, lines: await readLines(sql, id) };
  });
}

const inOffer = () =>
  db.asWorker(async (sql) => {
    const rows = await sql
      .selectFrom('formation')
      .select('numero')
      .where('retire_le', 'is', null)
      .orderBy('numero')
      .execute();
    return rows.map(({ numero }) => numero);
  });

describe('a complete file of a declared source', () => {
  it('withdraws what it does not hold, journaled as any withdrawal', async () => {
    await importing(file(1, 2, 3));
    const report = await importing(file(1, 3));
    expect(report).toMatchObject({ absent: 1, unchanged: 2 });
    expect(report.lines).toEqual([
      expect.objectContaining({ kind: 'remarque', numero: '07_2', code: 'absente-du-fichier' }),
    ]);
    expect(await inOffer()).toEqual(['07_1', '07_3']);
    const withdrawals = await db.asWorker((sql) =>
      sql.selectFrom('soumission').select(['statut', 'accepted_n']).where('kind', '=', 'withdrawal').execute(),
    );
    expect(withdrawals).toEqual([{ statut: 'validee', accepted_n: 2 }]);
  });

  it('takes back what returns', async () => {
    await importing(file(1, 2));
    await importing(file(1));
    await importing(file(1, 2));
    expect(await inOffer()).toEqual(['07_1', '07_2']);
  });

  it('withdraws nothing in mode partiel, nor what another source sent', async () => {
    await importing(file(1, 2, 3));
    expect(await importing(file(1), { mode: 'partiel' })).toMatchObject({ absent: 0, lines: [] });
    expect(await importing(file(21), { source: 'reprise' })).toMatchObject({ absent: 0 });
    expect(await inOffer()).toHaveLength(4);
  });

  it('only says what it would withdraw when it is tried', async () => {
    await importing(file(1, 2, 3));
    expect(await importing(file(1), { dryRun: true })).toMatchObject({ absent: 2 });
    expect(await inOffer()).toHaveLength(3);
  });

  it('withdraws nothing when more than 3 % and 100 sessions are missing, and says so', async () => {
    await importing(file(...upTo(110)));
    const report = await importing(file(1, 2));
    expect(report).toMatchObject({ absent: 0, unchanged: 2 });
    expect(report.lines).toEqual([
      expect.objectContaining({ kind: 'alerte', code: 'retraits-suspendus', values: { gone: 108, all: 110, n: 108 } }),
    ]);
    expect(await inOffer()).toHaveLength(110);
  });
});
