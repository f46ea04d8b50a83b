import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FicheDocument } from '../../domain/model/documents.ts';
import { createTestDatabase, type TestDatabase } from '../../ops/test/database.ts';
import type { Viewer } from '../connect.ts';
import { createWithdrawal, depositBrouillon } from './index.ts';
import { actorOf, REGION, Stage } from './stage.ts';

let database: TestDatabase;
let stage: Stage;
beforeAll(async () => {
  database = await createTestDatabase();
  stage = await Stage.open(database.url);
});
afterAll(async () => {
  await stage.close();
  await database.drop();
});

async function withdrawal(viewer: Viewer, ficheId: string, sessions?: readonly string[]): Promise<string> {
  return stage.db.asViewer(viewer, async (sql) => {
    const at = stage.at;
    const { id } = await createWithdrawal(sql, { viewer, ficheId, motif: 'Annulée', at, sessions });
    const deposit = { brouillonId: id, by: actorOf(viewer), at, dueHour: REGION.dueHour };
    return (await depositBrouillon(sql, deposit)).soumissionId;
  });
}

const fiche = (id: string) =>
  stage.db.asWorker((sql) =>
    sql.selectFrom('fiche').select(['version_n', 'fermee_le']).where('id', '=', id).executeTakeFirstOrThrow(),
  );

async function sessionsOf(id: string): Promise<string[]> {
  const rows = await stage.db.asWorker((sql) =>
    sql.selectFrom('session').select('id').where('formation_id', '=', id).where('retire_le', 'is', null).execute(),
  );
  return rows.map((row) => row.id);
}

const idsOf = (document: FicheDocument) =>
  document.kind === 'formation'
    ? document.actions.flatMap(({ sessions }) => sessions.map(({ id }) => id as string))
    : [];

describe('a withdrawal of sessions', () => {
  it('leaves the formation in the offer with the others, once it is approved', async () => {
    const { id: organisme, of } = await stage.organisme();
    const document = stage.formation(organisme, { sessions: 3 });
    await stage.approve(await stage.deposit(of, document));
    const [first = ''] = idsOf(document);
    const id = await withdrawal(of, document.id, [first]);
    expect(await sessionsOf(document.id)).toHaveLength(3);
    expect(await stage.approve(id)).toMatchObject({ statut: 'validee' });
    expect(await fiche(document.id)).toMatchObject({ fermee_le: null });
    expect(await sessionsOf(document.id)).toHaveLength(2);
    expect(await sessionsOf(document.id)).not.toContain(first);
  });

  it('takes the formation along with its last session', async () => {
    const { id: organisme, of } = await stage.organisme();
    const document = stage.formation(organisme, { sessions: 2 });
    await stage.approve(await stage.deposit(of, document));
    await stage.approve(await withdrawal(of, document.id, idsOf(document)));
    expect((await fiche(document.id)).fermee_le).not.toBeNull();
  });

  it('is refused for sessions that are not the formation’s', async () => {
    const { id: organisme, of } = await stage.organisme();
    const document = stage.formation(organisme);
    await stage.approve(await stage.deposit(of, document));
    await expect(withdrawal(of, document.id, [crypto.randomUUID()])).rejects.toMatchObject({ code: 'introuvable' });
  });
});

describe('an organisme that leaves the offer', () => {
  it('takes its formations along; undone, they come back', async () => {
    const { id: organisme, of } = await stage.organisme();
    const document = stage.formation(organisme);
    await stage.approve(await stage.deposit(of, document));
    const id = await withdrawal(of, organisme);
    const [first, second] = [await stage.person('moderateur'), await stage.person('moderateur')];
    expect((await stage.approve(id, first)).statut).toBe('controlee');
    await stage.approve(id, second);
    expect((await fiche(organisme)).fermee_le).not.toBeNull();
    expect((await fiche(document.id)).fermee_le).not.toBeNull();
    await stage.apply(id, { kind: 'undo', by: actorOf(second) });
    expect((await fiche(organisme)).fermee_le).toBeNull();
    expect((await fiche(document.id)).fermee_le).toBeNull();
    expect(await sessionsOf(document.id)).toHaveLength(1);
  });
});
