import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { sql as raw } from 'kysely';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../../ops/test/database.ts';
import { brokenLinks, createWithdrawal, depositBrouillon } from './index.ts';
import { actorOf, REGION, Stage } from './stage.ts';
import { withdrawAllAtOnce } from './withdraw-at-once.ts';
import { formationsToWithdraw } from './withdraw-formations.ts';

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

/** How many statements a work asks the server. */
async function statementsOf(work: () => Promise<unknown>): Promise<number> {
  const query = jest.spyOn(pg.Client.prototype, 'query');
  try {
    await work();
    return query.mock.calls.length;
  } finally {
    query.mockRestore();
  }
}

/** An organisme in the offer with so many formations of two sessions. */
async function offering(formations: number) {
  const { id, of } = await stage.organisme();
  const documents = Array.from({ length: formations }, () => stage.formation(id, { sessions: 2 }));
  for (const document of documents) await stage.approve(await stage.deposit(of, document));
  return { id, of, ids: documents.map((one): string => one.id) };
}

/** The withdrawal of an organisme, one voice short of its approval, and who gives it. */
async function askedFor(of: Awaited<ReturnType<typeof offering>>) {
  const soumissionId = await stage.db.asViewer(of.of, async (sql) => {
    const { id } = await createWithdrawal(sql, { viewer: of.of, ficheId: of.id, motif: 'Fermeture', at: stage.at });
    const deposit = { brouillonId: id, by: actorOf(of.of), at: stage.at, dueHour: REGION.dueHour };
    return (await depositBrouillon(sql, deposit)).soumissionId;
  });
  await stage.approve(soumissionId);
  return { soumissionId, by: await stage.person('moderateur') };
}

/** What the withdrawal of an organisme left of its formations. */
async function leftOf(ids: readonly string[]) {
  const { rows } = await stage.db.asWorker((sql) =>
    raw`select count(*)::int as n, count(*) filter (where f.fermee_le is not null)::int as closed,
        count(*) filter (where s.statut = 'validee' and s.accepted_n = f.version_n and s.conduite = 'lot')::int as decided,
        sum((select count(*) from journal j where j.soumission_id = s.id))::int as told,
        sum((select count(*) from promesse p where p.soumission_id = s.id))::int as promises,
        sum((select count(*) from soumission_revision r where r.soumission_id = s.id and r.n = 1))::int as revisions,
        sum((select count(*) from session x where x.formation_id = f.id and x.retire_le is null))::int as sessions
      from fiche f left join soumission s on s.fiche_id = f.id and s.kind = 'withdrawal'
      where f.id = any (${[...ids]}::uuid[])`.execute(sql),
  );
  return rows[0];
}

describe('an organisme of many formations that leaves the offer', () => {
  it('asks as many statements as one of few, and tells of each formation', async () => {
    const [few, many] = [await offering(2), await offering(12)];
    const [ofFew, ofMany] = [await askedFor(few), await askedFor(many)];
    const short = await statementsOf(() => stage.approve(ofFew.soumissionId, ofFew.by));
    const long = await statementsOf(() => stage.approve(ofMany.soumissionId, ofMany.by));
    expect(long).toBe(short);
    expect(await leftOf(many.ids)).toEqual({
      n: 12,
      closed: 12,
      decided: 12,
      told: 48,
      promises: 36,
      revisions: 12,
      sessions: 0,
    });
    for (const id of many.ids) expect(await stage.db.asWorker((sql) => brokenLinks(sql, id))).toEqual([]);
    const undo = (id: string, by: typeof ofFew.by) => () => stage.apply(id, { kind: 'undo', by: actorOf(by) });
    const shortUndo = await statementsOf(undo(ofFew.soumissionId, ofFew.by));
    const longUndo = await statementsOf(undo(ofMany.soumissionId, ofMany.by));
    expect(longUndo).toBe(shortUndo);
    expect(await leftOf(many.ids)).toMatchObject({ closed: 0, decided: 0, told: 60, sessions: 24 });
  });

  it('does so in an emergency too, with a release and a mail for each', async () => {
    const [few, many] = [await offering(2), await offering(12)];
    const by = actorOf(await stage.person('moderateur'));
    const input = { by, at: stage.at, motif: 'Fraude', region: REGION };
    const urgently = (of: typeof few) => () =>
      stage.db.asWorker(async (sql) => {
        const below = await formationsToWithdraw(sql, of.id, undefined);
        await withdrawAllAtOnce(sql, input, [...below, { id: of.id }]);
      });
    const short = await statementsOf(urgently(few));
    expect(await statementsOf(urgently(many))).toBe(short);
    expect(await leftOf(many.ids)).toMatchObject({ closed: 12, decided: 12, told: 48, sessions: 0 });
    const { rows } = await stage.db.asWorker((sql) =>
      raw`select (select count(*) from urgence where fiche_id = any (${[...many.ids, many.id]}::uuid[]))::int as releases,
        (select count(*) from courriel where kind = 'retrait' and organisme_id = ${many.id})::int as mails`.execute(
        sql,
      ),
    );
    expect(rows).toEqual([{ releases: 13, mails: 13 }]);
  });
});
