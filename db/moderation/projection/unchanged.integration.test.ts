import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql as raw } from 'kysely';
import type { FormationDocument } from '../../../domain/model/documents.ts';
import { createTestDatabase, type TestDatabase } from '../../../ops/test/database.ts';
import { acceptedVersion } from '../rows.ts';
import { Stage } from '../stage.ts';

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

/** Which transaction wrote each row below a formation last, by its id. */
async function writers(formationId: string): Promise<Map<string, string>> {
  const { rows } = await stage.db.asWorker((sql) =>
    raw<{ id: string; by: string }>`
      select 'session ' || id as id, xmin::text as by from session where formation_id = ${formationId}
      union all select 'dispositif ' || id, xmin::text from dispositif where formation_id = ${formationId}
      union all select 'cpf ' || session_id, xmin::text from cpf_marking where formation_id = ${formationId}`.execute(
      sql,
    ),
  );
  return new Map(rows.map(({ id, by }) => [id, by]));
}

const closing = (document: FormationDocument, sessionId: string | undefined): FormationDocument => ({
  ...document,
  actions: document.actions.map((action) => ({
    ...action,
    sessions: action.sessions.map((one) =>
      one.id === sessionId ? { ...one, champs: { ...one.champs, 'etat-recrutement': '2' } } : one,
    ),
  })),
});

describe('an accepted change of one session among many', () => {
  it('writes that session again, and no other row', async () => {
    const { id: organisme, of } = await stage.organisme();
    const document = stage.formation(organisme, { sessions: 8 });
    await stage.approve(await stage.deposit(of, document));
    const before = await writers(document.id);
    const accepted = (await stage.db.asWorker((sql) => acceptedVersion(sql, document.id, 1)))?.document;
    if (accepted?.kind !== 'formation') throw new Error('Cannot find the accepted formation');
    const changed = accepted.actions[0]?.sessions[3]?.id;
    await stage.approve(await stage.deposit(of, closing(accepted, changed)));
    const after = await writers(document.id);
    expect(after.size).toBe(before.size);
    expect([...after].filter(([id, by]) => before.get(id) !== by).map(([id]) => id)).toEqual([`session ${changed}`]);
    const { etat_recrutement } = await stage.db.asWorker((sql) =>
      sql
        .selectFrom('session')
        .select('etat_recrutement')
        .where('id', '=', changed ?? '')
        .executeTakeFirstOrThrow(),
    );
    expect(etat_recrutement).toBe('2');
  });
});
