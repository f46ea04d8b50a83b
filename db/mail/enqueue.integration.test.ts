import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql as raw } from 'kysely';
import { instantOf } from '../../domain/model/paris-time.ts';
import { createTestDatabase, type TestDatabase } from '../../ops/test/database.ts';
import { Stage } from '../moderation/stage.ts';
import { enqueueMails, type NewMail, nextDigest } from './enqueue.ts';
import { forgetAddress } from './forget.ts';
import { setPreferences } from './preferences.ts';

let test: TestDatabase;
let stage: Stage;

beforeAll(async () => {
  test = await createTestDatabase();
  stage = await Stage.open(test.url);
});
afterAll(async () => {
  await stage?.close();
  await test?.drop();
});

const leave = (...mails: NewMail[]) => stage.db.asWorker((sql) => enqueueMails(sql, mails));
const rowsOf = (destinataire: string) =>
  stage.db.asWorker((sql) =>
    sql.selectFrom('courriel').selectAll().where('destinataire', '=', destinataire).orderBy('id').execute(),
  );
const aMail = (userId: string, more: Partial<NewMail> = {}): NewMail => ({
  kind: 'corrections',
  evenement: randomUUID(),
  to: { userId },
  pasAvant: stage.now,
  ...more,
});

describe('the outbox of mails', () => {
  it('tells one person one event once, however often it is left', async () => {
    const { userId } = await stage.person('of');
    const mail = aMail(userId);
    const [first] = await leave(mail, mail);
    const [again] = await leave(mail);
    expect(first?.id).not.toBeNull();
    expect(again).toEqual({ id: null, unwanted: false });
    expect(await rowsOf(userId)).toHaveLength(1);
  });

  it('leaves nothing when the transaction of the event fails', async () => {
    const { userId } = await stage.person('of');
    const failing = stage.db.asWorker(async (sql) => {
      await enqueueMails(sql, [aMail(userId)]);
      throw new Error('the event did not happen');
    });
    await expect(failing).rejects.toThrow('did not happen');
    expect(await rowsOf(userId)).toEqual([]);
  });

  it('adds what a later page of a digest brings, until the digest has left', async () => {
    const { userId } = await stage.person('of');
    const digest = (...sessions: string[]) =>
      aMail(userId, {
        kind: 'fraicheur',
        evenement: '2026-11-25',
        payload: { items: sessions.map((session) => ({ session, stage: 'rappel1' })) },
      });
    await leave(digest('s1'), digest('s2'));
    await leave(digest('s3'));
    const [row] = await rowsOf(userId);
    expect(row?.payload.items?.map(({ session }) => session)).toEqual(['s1', 's2', 's3']);
    await stage.db.asWorker((sql) => sql.updateTable('courriel').set({ state: 'envoye' }).execute());
    expect(await leave(digest('s4'))).toEqual([{ id: null, unwanted: false }]);
    expect((await rowsOf(userId))[0]?.payload.items).toHaveLength(3);
  });

  it('knows a contact whose address is that of an account, and one who is nobody here', async () => {
    const { userId } = await stage.person('of');
    const { email } = await stage.db.asWorker((sql) =>
      sql.selectFrom('user_account').select('email').where('id', '=', userId).executeTakeFirstOrThrow(),
    );
    await leave(aMail('', { to: { adresse: ` ${email.toUpperCase()} ` } }));
    await leave(aMail('', { to: { adresse: 'Contact@Ailleurs.example' } }));
    expect(await rowsOf(userId)).toMatchObject([{ user_id: userId, adresse: null }]);
    expect(await rowsOf('contact@ailleurs.example')).toMatchObject([
      { user_id: null, adresse: 'contact@ailleurs.example' },
    ]);
  });

  it('leaves nothing to who wants none, and keeps for the day’s digest what is wanted once a day', async () => {
    const { userId } = await stage.person('of');
    await stage.db.asWorker((sql) =>
      setPreferences(
        sql,
        userId,
        new Map([
          ['rappel', 'aucun'],
          ['decision', 'quotidien'],
          ['corrections', 'aucun'],
        ]),
      ),
    );
    const left = await leave(
      aMail(userId, { kind: 'rappel' }),
      aMail(userId, { kind: 'decision' }),
      aMail(userId, { kind: 'corrections' }),
    );
    expect(left.map(({ unwanted }) => unwanted)).toEqual([true, false, false]);
    const rows = await rowsOf(userId);
    expect(rows.map(({ kind, mode }) => [kind, mode])).toEqual([
      ['corrections', 'immediat'],
      ['decision', 'quotidien'],
    ]);
    expect(rows[1]?.pas_avant.getTime()).toBe(nextDigest(stage.now));
  });

  it('leaves nothing to an account that was closed', async () => {
    const { userId } = await stage.person('of');
    await stage.db.asWorker((sql) =>
      sql.updateTable('user_account').set({ actif: false }).where('id', '=', userId).execute(),
    );
    expect(await leave(aMail(userId))).toEqual([{ id: null, unwanted: true }]);
  });
});

describe('the outbox of mails, for the operator’s account', () => {
  it('leaves nothing: it has no address', async () => {
    const { userId } = await stage.person('administrateur');
    await stage.db.asWorker((sql) =>
      sql
        .updateTable('user_account')
        .set({ email: `operator-${userId}` })
        .where('id', '=', userId)
        .execute(),
    );
    expect(await leave(aMail(userId))).toEqual([{ id: null, unwanted: true }]);
  });
});

describe('a person who is removed', () => {
  it('leaves no address in any mail, and what waited is never sent', async () => {
    const adresse = `${randomUUID()}@ailleurs.example`;
    await leave(aMail('', { to: { adresse } }));
    await stage.db.asWorker((sql) => setPreferences(sql, adresse, new Map([['rappel', 'aucun']])));
    await stage.db.asWorker((sql) => forgetAddress(sql, ` ${adresse.toUpperCase()}`));
    expect(await rowsOf(adresse)).toEqual([]);
    const held = await stage.db.asWorker((sql) =>
      raw<{ n: number }>`select (select count(*) from courriel c where c::text ilike ${`%${adresse}%`})
        + (select count(*) from courriel_preference p where p::text ilike ${`%${adresse}%`}) as n`.execute(sql),
    );
    expect(Number(held.rows[0]?.n)).toBe(0);
    expect((await rowsOf('efface')).map(({ state }) => state)).toContain('annule');
  });
});

describe('the hour of the day’s digest', () => {
  it.each([
    ['in the night before it', instantOf('2026-11-25' as never, 7, 59), instantOf('2026-11-25' as never, 8)],
    ['at that very hour', instantOf('2026-11-25' as never, 8), instantOf('2026-11-26' as never, 8)],
    ['on the eve of summer time', instantOf('2027-03-27' as never, 12), instantOf('2027-03-28' as never, 8)],
  ])('is the next 8:00 in Paris %s', (_, at, expected) => {
    expect(nextDigest(at)).toBe(expected);
  });
});
