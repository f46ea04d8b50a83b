import { type ExecFileException, execFile } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { root } from '../../ops/services/folders.ts';
import { createTestDatabase, type TestDatabase } from '../../ops/test/database.ts';
import { Stage } from '../moderation/stage.ts';
import type { JournalFault } from './chain-faults.ts';
import { sealJournal } from './seal.ts';
import { searchJournal } from './search.ts';
import { verifyJournal } from './verify.ts';

describe('the journal', () => {
  let database: TestDatabase;
  let stage: Stage;
  /** The owner of the tables: what the rights of the platform forbid, it may do. */
  let owner: pg.Client;
  let fiche: string;
  beforeAll(async () => {
    database = await createTestDatabase();
    stage = await Stage.open(database.url);
    owner = new pg.Client({ connectionString: database.url });
    await owner.connect();
    const organisme = await stage.organisme();
    const document = stage.formation(organisme.id);
    fiche = document.id;
    await stage.approve(await stage.deposit(organisme.of, document));
  });
  afterAll(async () => {
    await owner.end();
    await stage.close();
    await database.drop();
  });

  const seal = () => stage.db.asWorker((sql) => sealJournal(sql, new Date()));
  const faults = async (): Promise<readonly JournalFault[]> => (await verifyJournal(stage.db, () => undefined)).faults;
  const lengthOf = async () =>
    Number((await owner.query('select journal_n as n from fiche where id = $1', [fiche])).rows[0]?.n);

  /** Does something to the tables as their owner, looks, and takes it back. */
  async function tampered(...statements: readonly string[]): Promise<readonly JournalFault[]> {
    await owner.query(
      'create table kept as select * from journal; create table kept_head as select * from journal_seal_head',
    );
    await owner.query('create table kept_fiche as select id, journal_n, journal_head from fiche');
    for (const statement of statements) await owner.query(statement.replaceAll(':fiche', `'${fiche}'`));
    const found = await faults();
    await owner.query(`delete from journal; insert into journal select * from kept; drop table kept;
      delete from journal_seal_head; insert into journal_seal_head select * from kept_head; drop table kept_head;
      update fiche f set journal_n = k.journal_n, journal_head = k.journal_head from kept_fiche k where k.id = f.id;
      drop table kept_fiche`);
    return found;
  }

  const INSERT = (
    n: string,
    prev: string,
  ) => `insert into journal (fiche_id, n, soumission_id, organisme_id, at, act, data, prev_hash, hash)
    select fiche_id, ${n}, soumission_id, organisme_id, at, act, data, ${prev}, repeat('0', 64) from journal where fiche_id = :fiche and n = 1`;

  it('is whole, and stays so under seals that follow one another', async () => {
    expect(await faults()).toEqual([]);
    const first = await seal();
    expect(first).toMatchObject({ n: 1, prevHash: null, chains: 2 });
    expect(await seal()).toBeNull();
    const other = await stage.organisme();
    const second = await seal();
    expect(second).toMatchObject({ n: 2, prevHash: first?.hash, chains: 1 });
    expect(other.id).not.toBe(fiche);
    expect(await faults()).toEqual([]);
  });

  it.each([
    ['a changed row', ["update journal set data = '{}' where fiche_id = :fiche and n = 2"], 'changed', 2],
    ['a removed row', ['delete from journal where fiche_id = :fiche and n = 2'], 'removed', 2],
    [
      'a removed row whose followers were renumbered',
      [
        'delete from journal where fiche_id = :fiche and n = 2',
        'update journal set n = n + 100 where fiche_id = :fiche and n > 2',
        'update journal set n = n - 101 where fiche_id = :fiche and n > 100',
      ],
      'removed',
      2,
    ],
    [
      'an inserted row whose followers were renumbered',
      [
        'update journal set n = n + 100 where fiche_id = :fiche and n > 1',
        'update journal set n = n - 99 where fiche_id = :fiche and n > 100',
        INSERT('2', 'hash'),
      ],
      'inserted',
      2,
    ],
  ] as const)('names %s', async (_what, statements, kind, n) => {
    expect(await tampered(...statements)).toContainEqual({ kind, fiche, n });
  });

  it('names a row added at the end, and one taken from there', async () => {
    const last = await lengthOf();
    expect(await tampered(INSERT(String(last + 1), 'hash'))).toEqual([{ kind: 'inserted', fiche, n: last + 1 }]);
    const cut = [
      `delete from journal where fiche_id = :fiche and n = ${last}`,
      `update fiche set journal_n = ${last - 1}, journal_head = (select hash from journal j where j.fiche_id = :fiche and j.n = ${last - 1}) where id = :fiche`,
    ];
    expect(await tampered(...cut)).toEqual([{ kind: 'removed', fiche, n: last }]);
  });

  it('names a seal that was written anew', async () => {
    const rewritten = "update journal_seal_head set head = repeat('1', 64) where fiche_id = :fiche";
    expect(await tampered(rewritten)).toContainEqual({ kind: 'seal', fiche: null, n: 1 });
  });

  it('is append-only for the platform itself, seals too', async () => {
    for (const table of ['journal', 'journal_seal', 'journal_seal_head', 'regle_reglage'] as const) {
      await expect(stage.db.asWorker((sql) => sql.deleteFrom(table).execute())).rejects.toThrow(/permission denied/);
    }
  });

  it('is searched by act, by time and by what was told', async () => {
    const search = (filter: Parameters<typeof searchJournal>[1]['filter']) =>
      stage.db.asWorker((sql) => searchJournal(sql, { filter, from: 0, limit: 50, sort: ['id', 'desc'] }));
    const approvals = await search({ fiche: [fiche], act: ['approve'] });
    expect([approvals.total, approvals.rows[0]?.intitule]).toEqual([1, expect.stringMatching(/./)]);
    expect((await search({ fiche: [fiche], q: '"accepted": 1' })).total).toBe(1);
    expect((await search({ fiche: [fiche], q: '100%' })).total).toBe(0);
    expect((await search({ from: new Date(Date.now() + 60_000) })).total).toBe(0);
  });

  it('is verified by the operator’s verb: 0 when whole, 1 with the row named', async () => {
    const run = async () => {
      const env = { ...process.env, DATABASE_URL: database.url };
      const args = ['ops/sofi/main.ts', 'journal', 'verify'];
      const { error, stdout } = await new Promise<{ error: ExecFileException | null; stdout: string }>((done) => {
        execFile(process.execPath, args, { cwd: root, env }, (error, stdout) => done({ error, stdout }));
      });
      return { exitCode: error === null ? 0 : error.code, output: stdout };
    };
    expect(await run()).toMatchObject({ exitCode: 0, output: expect.stringContaining('Journal conforme') });
    await owner.query("update journal set act = 'refuse' where fiche_id = $1 and n = 3", [fiche]);
    expect(await run()).toMatchObject({
      exitCode: 1,
      output: expect.stringContaining(`ligne changée : fiche ${fiche}, ligne 3`),
    });
  });
});
