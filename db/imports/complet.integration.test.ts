import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aLheoFile, aReceived } from '../../domain/lheo/fiche/sample-lheo.ts';
import { type ImportScene, openImportScene } from '../../ops/test/import-scene.ts';
import type { Database } from '../connect.ts';
import type { ImportRequest } from './received-file.ts';

let scene: ImportScene;
let db: Database;

beforeEach(async () => {
  scene = await openImportScene();
  ({ db } = scene);
});
afterEach(() => scene.close());

const file = (...numbers: readonly number[]) => aLheoFile(numbers.map((n) => aReceived(n)));
const upTo = (n: number) => Array.from({ length: n }, (_, k) => k + 1);

const importing = (text: string, asked: Partial<ImportRequest> = {}) =>
  scene.importing(text, { source: 'onisep', mode: 'complet', ...asked });

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
