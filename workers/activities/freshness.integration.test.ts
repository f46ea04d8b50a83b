import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Database, openDatabase, type Viewer } from '../../db/connect.ts';
import { keepAnswers } from '../../db/fraicheur/answer.ts';
import { writeFreshnessSettings } from '../../db/fraicheur/settings.ts';
import { runImport } from '../../db/imports/run-import.ts';
import { aPerson, storeFile } from '../../db/imports/sample-file.ts';
import { aLheoFile, aReceived } from '../../domain/lheo/fiche/sample-lheo.ts';
import { addDays } from '../../domain/model/calendar.ts';
import { DEFAULT_FRESHNESS } from '../../domain/model/fraicheur/settings.ts';
import type { InstantMs, ParisDay, UserId } from '../../domain/model/ids.ts';
import { instantOf } from '../../domain/model/paris-time.ts';
import { PAYS_DE_LA_LOIRE } from '../../domain/model/region.ts';
import { createTestDatabase, type TestDatabase } from '../../ops/test/database.ts';
import { runPass } from './freshness.ts';
import { releaseOn } from './sample-release.ts';

const START = '2026-11-24' as ParisDay;
const day = (text: string) => text as ParisDay;
const at = (on: ParisDay, hour = 9) => instantOf(on, hour);

let test: TestDatabase;
let db: Database;
let of: Viewer;

beforeEach(async () => {
  test = await createTestDatabase();
  db = await openDatabase({ url: test.url, poolMax: 4 });
  const admin = await aPerson(db, 'administrateur');
  const file = aLheoFile([1, 2, 3].map((n) => aReceived(n)));
  const id = await storeFile(db, admin, file, { source: 'reprise', mode: 'partiel' });
  await runImport(db, id, { region: PAYS_DE_LA_LOIRE, now: () => at(START) as InstantMs });
  await setActive(true);
  const { rows } = await organismes();
  of = await aPerson(db, 'of', rows);
  await db.asWorker((sql) =>
    sql
      .insertInto('user_organisme')
      .values(rows.map((organisme_id) => ({ user_id: of.userId, organisme_id })))
      .execute(),
  );
});
afterEach(async () => {
  await db.close();
  await test.drop();
});

const setActive = (actif: boolean) =>
  db.asWorker((sql) =>
    writeFreshnessSettings(sql, { settings: { ...DEFAULT_FRESHNESS, actif }, userId: null, at: at(START) }),
  );
const organismes = () =>
  db.asWorker(async (sql) => ({
    rows: (await sql.selectFrom('organisme').select('id').execute()).map(({ id }) => id),
  }));
const pass = (on: ParisDay) => runPass(db, { day: on, now: () => at(on, 2), limit: 2 });
const stages = () =>
  db.asWorker((sql) =>
    sql.selectFrom('fraicheur_etape').select(['session_id', 'cycle', 'stade', 'jour']).orderBy('jour').execute(),
  );
const sessions = () =>
  db.asWorker(async (sql) => {
    const rows = await sql.selectFrom('session').select(['id', 'numero']).orderBy('numero').execute();
    return rows.map(({ id }) => id);
  });
const mails = () =>
  db.asWorker((sql) =>
    sql
      .selectFrom('courriel')
      .select(['cle', 'state', 'payload', 'user_id'])
      .where('kind', '=', 'fraicheur')
      .orderBy('cle')
      .execute(),
  );

async function passes(from: ParisDay, to: ParisDay): Promise<void> {
  for (let on = from; on <= to; on = addDays(on, 1)) await pass(on);
}

function answering(session: string, on: ParisDay, kind: 'valable' | 'complete' | 'annulee' = 'valable') {
  return db.asWorker((sql) =>
    keepAnswers(sql, {
      answers: [{ session, kind }],
      by: { userId: of.userId as UserId, role: 'of' },
      voie: 'espace',
      courrielId: null,
      at: at(on) as InstantMs,
      dueHour: 18,
    }),
  );
}

/** What the current release shows of the sessions: which, and with which marks. */
async function shown(): Promise<string> {
  const { rows } = await db.asWorker(async (sql) => ({
    rows: await sql
      .selectFrom('release_member')
      .innerJoin('octets', 'octets.sha256', 'release_member.sha256')
      .select('octets.gzip')
      .where('to_release', 'is', null)
      .where('kind', '=', 'formation')
      .execute(),
  }));
  const { gunzipSync } = await import('node:zlib');
  return rows.map(({ gzip }) => gunzipSync(gzip).toString()).join('');
}

describe('a year of passes over both changes of clocks and all holidays', () => {
  it('enters each (session, cycle, stage) once, asks each person once a day, and begins again after an answer', async () => {
    const [first = '', second = ''] = await sessions();
    await passes(day('2026-12-28'), day('2027-01-10'));
    await answering(first, day('2027-01-11'));
    await passes(day('2027-01-11'), day('2027-12-31'));
    const told = await stages();
    const keys = told.map(({ session_id, cycle, stade }) => `${session_id}/${cycle}/${stade}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(told.filter(({ session_id }) => session_id === second).map(({ stade, jour }) => `${jour} ${stade}`)).toEqual(
      [
        '2026-12-31 aConfirmer',
        '2027-01-08 rappel1',
        '2027-01-15 rappel2',
        '2027-01-22 marquee',
        '2027-01-29 retiree',
        '2027-02-28 archivee',
      ],
    );
    expect(
      told
        .filter(({ session_id }) => session_id === first)
        .map(({ cycle, stade, jour }) => `${jour} ${cycle} ${stade}`),
    ).toEqual([
      '2026-12-31 1 aConfirmer',
      '2027-01-08 1 rappel1',
      '2027-01-18 2 aConfirmer',
      '2027-01-24 2 rappel1',
      '2027-01-29 2 rappel2',
      '2027-02-05 2 marquee',
      '2027-02-12 2 retiree',
      '2027-03-14 2 archivee',
    ]);
    const digests = await mails();
    expect(new Set(digests.map(({ cle }) => cle)).size).toBe(digests.length);
    expect(digests.every(({ user_id }) => user_id === of.userId)).toBe(true);
  });

  it('learns from answers in time, from late ones and from silence', async () => {
    const [first = '', second = ''] = await sessions();
    await passes(day('2026-12-31'), day('2027-01-08'));
    await answering(first, day('2027-01-11'));
    await passes(day('2027-01-11'), day('2027-01-18'));
    await answering(second, day('2027-01-19'));
    await passes(day('2027-01-19'), day('2027-02-01'));
    const record = await db.asWorker((sql) =>
      sql.selectFrom('fraicheur_organisme').select(['cycles', 'ponctuels']).executeTakeFirstOrThrow(),
    );
    expect(record).toEqual({ cycles: 3, ponctuels: 1 });
  });

  it('does the same when a day is missed, and nothing new when a day is passed again', async () => {
    await passes(day('2026-12-28'), day('2027-01-07'));
    await passes(day('2027-01-09'), day('2027-01-09'));
    const before = await stages();
    expect(before.filter(({ stade }) => stade === 'rappel1')).toHaveLength(3);
    await pass(day('2027-01-09'));
    expect(await stages()).toEqual(before);
    expect(await mails()).toHaveLength(1);
  });

  it('changes nothing while it is switched off', async () => {
    await setActive(false);
    await passes(day('2027-01-07'), day('2027-01-09'));
    expect(await stages()).toEqual([]);
  });
});

describe('an answer', () => {
  it('takes its session out of the digest that still waits, and the last one takes the digest itself', async () => {
    await passes(day('2026-12-31'), day('2027-01-08'));
    const [first = '', second = '', third = ''] = await sessions();
    await answering(first, day('2027-01-08'));
    const [left] = await mails();
    expect(left?.payload.items).toHaveLength(2);
    await answering(second, day('2027-01-08'));
    await answering(third, day('2027-01-08'));
    expect((await mails()).map(({ state }) => state)).toEqual(['annule']);
  });

  it('that says still valid is a confirmation and a journal row, no soumission', async () => {
    const [first = ''] = await sessions();
    const count = () => db.asWorker((sql) => sql.selectFrom('soumission').select('id').execute());
    const before = await count();
    expect(await answering(first, START)).toEqual([
      { session: first, kind: 'valable', outcome: 'gardee', soumission: null },
    ]);
    expect(await count()).toEqual(before);
    const journal = await db.asWorker((sql) =>
      sql.selectFrom('journal').select(['act', 'by']).where('act', '=', 'confirmer').execute(),
    );
    expect(journal).toEqual([{ act: 'confirmer', by: of.userId }]);
  });

  it('that says full deposits a change of the recruitment, and a second one is its next revision', async () => {
    const [first = '', second = ''] = await sessions();
    const [one] = await answering(first, START, 'complete');
    const row = await db.asWorker((sql) =>
      sql
        .selectFrom('soumission')
        .select(['document', 'kind', 'source', 'statut'])
        .where('id', '=', one?.soumission ?? '')
        .executeTakeFirstOrThrow(),
    );
    expect(row).toMatchObject({ kind: 'change', source: 'courriel', statut: 'deposee' });
    expect(JSON.stringify(row.document)).toContain('"etat-recrutement":"2"');
    const [again] = await answering(first, START, 'complete');
    expect(again?.soumission).toBe(one?.soumission);
    const [other] = await answering(second, START, 'annulee');
    const withdrawal = await db.asWorker((sql) =>
      sql
        .selectFrom('soumission')
        .select('kind')
        .where('id', '=', other?.soumission ?? '')
        .executeTakeFirstOrThrow(),
    );
    expect(withdrawal.kind).toBe('withdrawal');
  });
});

describe('the feeds', () => {
  it('say what is to confirm, lose what is taken out with its reason, and show it again once it is confirmed', async () => {
    const [first = ''] = await sessions();
    await releaseOn(db, day('2027-01-08'));
    await passes(day('2026-12-31'), day('2027-01-22'));
    await releaseOn(db, day('2027-01-22'));
    expect(
      (await shown()).match(/<extras info="fraicheur"><extra info="a-confirmer">1<\/extra><\/extras>/g),
    ).toHaveLength(3);
    await passes(day('2027-01-23'), day('2027-01-29'));
    const n = await releaseOn(db, day('2027-01-29'));
    expect(await shown()).toBe('');
    const gone = await db.asWorker((sql) =>
      sql
        .selectFrom('release_member')
        .select('reason')
        .where('to_release', '=', n)
        .where('kind', '=', 'formation')
        .execute(),
    );
    expect(gone.map(({ reason }) => reason)).toEqual(['nonConfirmee', 'nonConfirmee', 'nonConfirmee']);
    await answering(first, day('2027-02-03'));
    await releaseOn(db, day('2027-02-03'));
    expect(await shown()).toContain('<extras info="fraicheur"><extra info="confirmee-le">20270203</extra></extras>');
  });

  it('take in what another feed says of the same sessions', async () => {
    const [first = '', second = ''] = await sessions();
    const plain = aLheoFile([aReceived(1), aReceived(2)]);
    const marks = ['<extra info="confirmee-le">20261120</extra>', '<extra info="a-confirmer">1</extra>'];
    const file = plain.replaceAll(
      '</session>',
      () => `<extras info="fraicheur">${marks.shift() ?? ''}</extras></session>`,
    );
    const admin = await aPerson(db, 'administrateur');
    const id = await storeFile(db, admin, file, { source: 'reprise', mode: 'partiel' });
    await runImport(db, id, { region: PAYS_DE_LA_LOIRE, now: () => at(START) as InstantMs });
    const rows = await db.asWorker((sql) =>
      sql.selectFrom('fraicheur').select(['session_id', 'confirmee_le', 'stade']).execute(),
    );
    expect(new Map(rows.map((row) => [row.session_id, [row.confirmee_le, row.stade]]))).toEqual(
      new Map([
        [first, ['2026-11-20', 'fraiche']],
        [second, [null, 'marquee']],
      ]),
    );
  });

  it('bring nothing back that is archived', async () => {
    await passes(day('2026-12-31'), day('2027-02-28'));
    const [first = ''] = await sessions();
    expect((await answering(first, day('2027-03-01'))).map(({ outcome }) => outcome)).toEqual(['archivee']);
  });
});
