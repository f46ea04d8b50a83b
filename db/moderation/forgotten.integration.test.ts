import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FormationDocument } from '../../domain/model/documents.ts';
import { setAtPath } from '../../domain/model/paths.ts';
import { createTestDatabase, type TestDatabase } from '../../ops/test/database.ts';
import type { Viewer } from '../connect.ts';
import { abandonForgotten } from './forgotten.ts';
import { brokenLinks, createBrouillon, depositBrouillon, saveBrouillon } from './index.ts';
import { actorOf, REGION, Stage } from './stage.ts';

const DAY_MS = 24 * 3_600_000;
const TITRE = '/champs/intitule-formation';

describe('a draft that nobody touched', () => {
  let database: TestDatabase;
  let stage: Stage;
  let organisme: { readonly id: string; readonly of: Viewer };
  beforeAll(async () => {
    database = await createTestDatabase();
    stage = await Stage.open(database.url);
    organisme = await stage.organisme();
  });
  afterAll(async () => {
    await stage.close();
    await database.drop();
  });

  const draftOf = (document: FormationDocument) =>
    stage.db.asViewer(organisme.of, (sql) => createBrouillon(sql, { viewer: organisme.of, document, at: stage.now }));
  const later = (days: number, limit = 10) =>
    stage.db.asWorker((sql) => abandonForgotten(sql, { at: stage.now + days * DAY_MS, limit }));
  const deposit = (brouillonId: string) =>
    stage.db.asViewer(organisme.of, (sql) =>
      depositBrouillon(sql, { brouillonId, by: actorOf(organisme.of), at: stage.at, dueHour: REGION.dueHour }),
    );

  it('is given up after 180 days, once, by the system, in the chain of its fiche', async () => {
    const document = stage.formation(organisme.id);
    const { id } = await draftOf(document);
    expect(await later(179)).not.toContain(id);
    expect((await stage.state(id))?.statut).toBe('brouillon');
    expect(await later(181)).toEqual([id]);
    expect((await stage.state(id))?.statut).toBe('abandonnee');
    expect(await later(182)).toEqual([]);
    const told = await stage.db.asWorker(async (sql) => ({
      last: await sql
        .selectFrom('journal')
        .select(['act', 'by', 'from_statut', 'to_statut', 'data'])
        .where('soumission_id', '=', id)
        .orderBy('n', 'desc')
        .executeTakeFirst(),
      broken: await brokenLinks(sql, document.id),
    }));
    const step = { act: 'abandonner', by: null, from_statut: 'brouillon', to_statut: 'abandonnee' };
    expect(told).toEqual({ last: { ...step, data: { days: 180 } }, broken: [] });
    await expect(deposit(id)).rejects.toMatchObject({ code: 'transition-interdite' });
  });

  it('begins its days anew with each save', async () => {
    const document = stage.formation(organisme.id);
    const { id, saveNumber } = await draftOf(document);
    stage.now += 100 * DAY_MS;
    await stage.db.asViewer(organisme.of, (sql) =>
      saveBrouillon(sql, {
        id,
        saveNumber,
        document: setAtPath(document, TITRE, 'CAP charpentier'),
        at: stage.now,
      }),
    );
    expect(await later(100)).toEqual([]);
    expect(await later(181)).toEqual([id]);
  });

  it('is not given up while it waits to be the next revision of an open soumission', async () => {
    const document = stage.formation(organisme.id);
    await stage.deposit(organisme.of, document);
    const { id } = await draftOf(setAtPath(document, TITRE, 'CAP charpentier'));
    expect((await deposit(id)).next).toBe('revise');
    expect(await later(400)).toEqual([]);
  });

  it('is given up in pages', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 3; n++) ids.push((await draftOf(stage.formation(organisme.id))).id);
    expect(await later(181, 2)).toHaveLength(2);
    expect(await later(181, 2)).toHaveLength(1);
    expect((await Promise.all(ids.map((id) => stage.state(id)))).map((one) => one?.statut)).toEqual(
      ids.map(() => 'abandonnee'),
    );
  });
});
