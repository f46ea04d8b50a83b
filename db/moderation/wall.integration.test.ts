import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../ops/test/database.ts';
import type { Viewer } from '../connect.ts';
import { createBrouillon, depositBrouillon, saveBrouillon } from './index.ts';
import { actorOf, REGION, Stage } from './stage.ts';

describe('the wall between organismes, without the API', () => {
  let database: TestDatabase;
  let stage: Stage;
  let mine: { id: string; of: Viewer };
  let theirs: { id: string; of: Viewer };
  let soumissionId: string;
  let brouillonId: string;
  beforeAll(async () => {
    database = await createTestDatabase();
    stage = await Stage.open(database.url);
    [mine, theirs] = [await stage.organisme(), await stage.organisme()];
    soumissionId = await stage.deposit(theirs.of, stage.formation(theirs.id));
    const moderatrice = await stage.person('moderateur');
    await stage.check(soumissionId);
    await stage.apply(soumissionId, {
      kind: 'decide',
      by: actorOf(moderatrice),
      decision: { kind: 'requestChanges', version: 1 },
    });
    const brouillon = await stage.db.asViewer(theirs.of, (sql) =>
      createBrouillon(sql, { viewer: theirs.of, document: stage.formation(theirs.id), at: stage.now }),
    );
    brouillonId = brouillon.id;
  });
  afterAll(async () => {
    await stage.close();
    await database.drop();
  });

  it.each(['soumission', 'soumission_revision', 'journal', 'decision'] as const)(
    'hides every row of %s of another organisme',
    async (table) => {
      const seenBy = (viewer: Viewer | null) =>
        stage.db.asViewer(viewer, async (sql) => {
          const rows = await sql.selectFrom(table).select('organisme_id').execute();
          return new Set(rows.map(({ organisme_id }) => organisme_id));
        });
      expect([...(await seenBy(theirs.of))]).toEqual([theirs.id]);
      expect(await seenBy(mine.of)).not.toContain(theirs.id);
      expect((await seenBy(null)).size).toBe(0);
    },
  );

  it('lets nobody else change a soumission or a brouillon', async () => {
    for (const id of [soumissionId, brouillonId]) {
      const changed = await stage.db.asViewer(mine.of, (sql) =>
        sql.updateTable('soumission').set({ titre: 'à moi' }).where('id', '=', id).executeTakeFirst(),
      );
      expect(changed.numUpdatedRows).toBe(0n);
    }
  });

  it('lets nobody write a soumission into another organisme', async () => {
    const moved = stage.db.asViewer(mine.of, (sql) =>
      sql.updateTable('soumission').set({ organisme_id: theirs.id }).where('organisme_id', '=', mine.id).execute(),
    );
    await expect(moved).rejects.toThrow(/row-level security/);
  });

  it('answers another’s brouillon, fiche and organisme as unknown', async () => {
    const asMe = <T>(work: Parameters<typeof stage.db.asViewer<T>>[1]) => stage.db.asViewer(mine.of, work);
    const at = stage.at;
    const save = asMe((sql) =>
      saveBrouillon(sql, { id: brouillonId, document: stage.formation(theirs.id), saveNumber: 1, at }),
    );
    await expect(save).rejects.toMatchObject({ code: 'introuvable' });
    const deposit = asMe((sql) =>
      depositBrouillon(sql, { brouillonId, by: actorOf(mine.of), at, dueHour: REGION.dueHour }),
    );
    await expect(deposit).rejects.toMatchObject({ code: 'introuvable' });
    const create = asMe((sql) => createBrouillon(sql, { viewer: mine.of, document: stage.formation(theirs.id), at }));
    await expect(create).rejects.toMatchObject({ code: 'introuvable' });
  });

  it('refuses a document that names a session of another fiche', async () => {
    const other = stage.formation(theirs.id);
    await stage.approve(await stage.deposit(theirs.of, other));
    const stolen = { ...stage.formation(mine.id), actions: other.actions };
    const create = stage.db.asViewer(mine.of, (sql) =>
      createBrouillon(sql, { viewer: mine.of, document: stolen, at: stage.now }),
    );
    await expect(create).rejects.toMatchObject({ code: 'corps-invalide' });
  });

  it.each(['journal', 'fiche_version', 'numero_given'] as const)('lets not even a worker change %s', async (table) => {
    const remove = stage.db.asWorker((sql) => sql.deleteFrom(table).execute());
    await expect(remove).rejects.toThrow(/permission denied/);
    const column = table === 'numero_given' ? 'source' : 'hash';
    const change = stage.db.asWorker((sql) =>
      sql
        .updateTable(table)
        .set({ [column]: 'x' })
        .execute(),
    );
    await expect(change).rejects.toThrow(/permission denied/);
  });
});
