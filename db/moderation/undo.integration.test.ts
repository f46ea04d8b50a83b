import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FormationDocument } from '../../domain/model/documents.ts';
import { createTestDatabase, type TestDatabase } from '../../ops/test/database.ts';
import type { Viewer } from '../connect.ts';
import { brouillonFromAccepted, createWithdrawal, depositBrouillon, saveBrouillon } from './index.ts';
import { actorOf, REGION, Stage } from './stage.ts';

const HOUR_MS = 3_600_000;

describe('what can be taken back', () => {
  let database: TestDatabase;
  let stage: Stage;
  let organisme: { id: string; of: Viewer };
  let moderatrice: Viewer;
  beforeAll(async () => {
    database = await createTestDatabase();
    stage = await Stage.open(database.url);
    organisme = await stage.organisme();
    moderatrice = await stage.person('moderateur');
  });
  afterAll(async () => {
    await stage.close();
    await database.drop();
  });

  const undo = (by: Viewer) => ({ kind: 'undo', by: actorOf(by) }) as const;
  const withdraw = () => ({ kind: 'withdraw', by: actorOf(organisme.of) }) as const;

  async function accepted(): Promise<{ id: string; document: FormationDocument }> {
    const document = stage.formation(organisme.id);
    const id = await stage.deposit(organisme.of, document);
    await stage.approve(id, moderatrice);
    return { id, document };
  }

  /** A change of an accepted formation, deposited. */
  async function changed(ficheId: string, intitule: string): Promise<string> {
    return stage.db.asViewer(organisme.of, async (sql) => {
      const draft = await brouillonFromAccepted(sql, { viewer: organisme.of, ficheId, at: stage.now });
      const document = { ...draft.document, champs: { ...draft.document.champs, 'intitule-formation': intitule } };
      await saveBrouillon(sql, {
        id: draft.id,
        document: document as FormationDocument,
        saveNumber: draft.saveNumber,
        at: stage.now,
      });
      const by = actorOf(organisme.of);
      const answer = await depositBrouillon(sql, {
        brouillonId: draft.id,
        by,
        at: stage.at,
        dueHour: REGION.dueHour,
      });
      return answer.soumissionId;
    });
  }

  const ficheOf = (id: string) =>
    stage.db.asWorker((sql) => sql.selectFrom('fiche').selectAll().where('id', '=', id).executeTakeFirstOrThrow());
  const formationOf = (id: string) =>
    stage.db.asWorker((sql) => sql.selectFrom('formation').selectAll().where('id', '=', id).executeTakeFirstOrThrow());

  it('an approved creation leaves the offer and keeps its numero when it is undone, and comes back under it', async () => {
    const { id, document } = await accepted();
    const before = await formationOf(document.id);
    const undone = await stage.apply(id, undo(moderatrice));
    expect(undone).toMatchObject({ statut: 'enRevue', claim: { by: moderatrice.userId } });
    expect((await ficheOf(document.id)).fermee_le).not.toBeNull();
    expect((await formationOf(document.id)).retire_le).not.toBeNull();
    await stage.approve(id, moderatrice);
    expect(await formationOf(document.id)).toMatchObject({ numero: before.numero, retire_le: null });
    expect((await ficheOf(document.id)).version_n).toBe(3);
  });

  it('an approved change gives the earlier document back as a new version', async () => {
    const { document } = await accepted();
    const change = await changed(document.id, 'CAP ébéniste du soir');
    await stage.approve(change, moderatrice);
    expect((await formationOf(document.id)).intitule).toBe('CAP ébéniste du soir');
    await stage.apply(change, undo(moderatrice));
    expect((await formationOf(document.id)).intitule).toBe('CAP ébéniste');
    const versions = await stage.db.asWorker((sql) =>
      sql.selectFrom('fiche_version').select(['n', 'hash']).where('fiche_id', '=', document.id).orderBy('n').execute(),
    );
    expect(versions.map(({ n }) => n)).toEqual([1, 2, 3]);
    expect(versions[2]?.hash).toBe(versions[0]?.hash);
  });

  it('a refusal and a request for changes go back to review', async () => {
    for (const kind of ['refuse', 'requestChanges'] as const) {
      const id = await stage.deposit(organisme.of, stage.formation(organisme.id));
      await stage.check(id);
      await stage.apply(id, { kind: 'decide', by: actorOf(moderatrice), decision: { kind, version: 1 } });
      expect((await stage.apply(id, undo(moderatrice))).statut).toBe('enRevue');
      expect((await stage.approve(id, moderatrice)).statut).toBe('validee');
    }
  });

  it('not by another moderator, but by an administrator', async () => {
    const { id } = await accepted();
    const other = await stage.person('moderateur');
    await expect(stage.apply(id, undo(other))).rejects.toMatchObject({ code: 'interdit' });
    const administrateur = await stage.person('administrateur');
    expect((await stage.apply(id, undo(administrateur))).statut).toBe('enRevue');
  });

  it('not after 24 hours', async () => {
    const { id } = await accepted();
    stage.now += 25 * HOUR_MS;
    await expect(stage.apply(id, undo(moderatrice))).rejects.toMatchObject({ code: 'annulation-depassee' });
    stage.now -= 25 * HOUR_MS;
  });

  it('not once the fiche has another open soumission', async () => {
    const { id, document } = await accepted();
    stage.now += 1_000;
    const change = await changed(document.id, 'CAP ébéniste du matin');
    await expect(stage.apply(id, undo(moderatrice))).rejects.toMatchObject({
      code: 'annulation-depassee',
      details: { soumission: change },
    });
  });

  it('not once a later version was accepted', async () => {
    const { id, document } = await accepted();
    stage.now += 1_000;
    const change = await changed(document.id, 'CAP ébéniste du matin');
    await stage.approve(change, moderatrice);
    await expect(stage.apply(id, undo(moderatrice))).rejects.toMatchObject({
      code: 'annulation-depassee',
      details: { version: 2 },
    });
  });

  it('not once a release froze the fiche, nor may the OF withdraw it then', async () => {
    const { id, document } = await accepted();
    await stage.db.asWorker(async (sql) => {
      const { n } = await sql.insertInto('release').values({ day: stage.day }).returning('n').executeTakeFirstOrThrow();
      await sql.insertInto('release_change').values({ release_n: n, fiche_id: document.id, version_n: 1 }).execute();
    });
    await expect(stage.apply(id, undo(moderatrice))).rejects.toMatchObject({ code: 'annulation-depassee' });
    await expect(stage.apply(id, withdraw())).rejects.toMatchObject({ code: 'retrait-gele' });
    await stage.db.asWorker((sql) => sql.updateTable('release').set({ state: 'published' }).execute());
  });

  it('by the OF: an approved creation leaves the offer, an open one just ends', async () => {
    const { id, document } = await accepted();
    expect((await stage.apply(id, withdraw())).statut).toBe('retiree');
    expect((await formationOf(document.id)).retire_le).not.toBeNull();
    const open = await stage.deposit(organisme.of, stage.formation(organisme.id));
    expect((await stage.apply(open, withdraw())).statut).toBe('retiree');
  });

  it('a withdrawal, once approved, takes the fiche out of the offer with all below', async () => {
    const { document } = await accepted();
    const id = await stage.db.asViewer(organisme.of, async (sql) => {
      const draft = await createWithdrawal(sql, {
        viewer: organisme.of,
        ficheId: document.id,
        motif: 'plus proposée',
        at: stage.now,
      });
      const by = actorOf(organisme.of);
      const answer = await depositBrouillon(sql, { brouillonId: draft.id, by, at: stage.at, dueHour: REGION.dueHour });
      return answer.soumissionId;
    });
    await stage.approve(id, moderatrice);
    expect((await ficheOf(document.id)).fermee_le).not.toBeNull();
    const shown = await stage.db.asWorker((sql) =>
      sql
        .selectFrom('session')
        .select('id')
        .where('formation_id', '=', document.id)
        .where('retire_le', 'is', null)
        .execute(),
    );
    expect(shown).toEqual([]);
  });
});
