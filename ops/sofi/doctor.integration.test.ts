import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Database, json, openDatabase } from '../../db/connect.ts';
import { rowsAgainstDocuments } from '../../db/doctor/rows-against-documents.ts';
import { project } from '../../db/moderation/projection/project.ts';
import { aFormation, anOrganisme } from '../../domain/model/builders.ts';
import type { FicheDocument } from '../../domain/model/documents.ts';
import { root } from '../services/folders.ts';
import { startProcess } from '../services/processes.ts';
import { createTestDatabase, type TestDatabase } from '../test/database.ts';

let test: TestDatabase;
let db: Database;

/** An accepted fiche whose rows follow from its document. */
async function accept(document: FicheDocument): Promise<void> {
  const organisme_id = document.kind === 'organisme' ? document.id : document.organisme;
  await db.asWorker(async (sql) => {
    await sql
      .insertInto('fiche')
      .values({ id: document.id, kind: document.kind, organisme_id, version_n: 1 })
      .execute();
    await sql
      .insertInto('fiche_version')
      .values({
        fiche_id: document.id,
        n: 1,
        document: json(document),
        hash: 'x',
        soumission_id: document.id,
        accepted_at: new Date(),
      })
      .execute();
    const version = { n: 1, day: '2026-11-24' as never, at: new Date(), source: 'saisie', changed: true };
    await project(sql, [{ document, version }]);
  });
}

beforeAll(async () => {
  test = await createTestDatabase();
  db = await openDatabase({ url: test.url, poolMax: 2 });
  await accept(anOrganisme());
  await accept({ ...aFormation(), numero: '21_1' });
});
afterAll(async () => {
  await db.close();
  await test.drop();
});

const drifts = async () => (await db.asWorker((sql) => rowsAgainstDocuments(sql, null, 10))).drifts;

async function sofi(...args: string[]): Promise<{ code: number | null; output: string }> {
  const running = await startProcess({
    name: 'sofi',
    command: process.execPath,
    args: ['ops/sofi/main.ts', ...args],
    cwd: root,
    env: { ...process.env, DATABASE_URL: test.url, TEMPORAL_ADDRESS: '127.0.0.1:1' },
  });
  const { code } = await running.exited;
  return { code, output: running.output() };
}

describe('sofi doctor', () => {
  it('finds nothing where rows say what documents say', async () => {
    expect(await drifts()).toEqual([]);
  });

  it('names each row that was changed, added or lost by other hands', async () => {
    await db.asWorker(async (sql) => {
      await sql.updateTable('session').set({ debut: '20300101' }).execute();
      await sql.updateTable('organisme').set({ nom: 'Un autre' }).execute();
      await sql.updateTable('dispositif').set({ retire_le: new Date() }).execute();
    });
    const found = await drifts();
    expect(found.map(({ table, what }) => `${table}: ${what}`).sort()).toEqual([
      'dispositif: absent',
      'organisme: nom',
      'session: debut',
    ]);
  });

  it('ends with 1 and says what to do when something is wrong', async () => {
    const { code, output } = await sofi('doctor');
    expect(code).toBe(1);
    expect(output).toContain('✗ Temporal');
    expect(output).toContain('✗ Lignes : 3 lignes');
    expect(output).toContain('✓ Base : PostgreSQL 18');
  });
});

describe('sofi token create', () => {
  it('prints one token for a user, and refuses a stranger', async () => {
    await db.asWorker((sql) =>
      sql
        .insertInto('user_account')
        .values({ email: 'a@b.fr', nom: 'A', role: 'of', langue: 'fr', actif: true })
        .execute(),
    );
    const made = await sofi('token', 'create', '--user', 'A@b.fr', '--days', '3');
    expect([made.code, made.output]).toEqual([0, expect.stringMatching(/^sofi_[\w-]{43}\n$/)]);
    const kept = await db.asWorker((sql) => sql.selectFrom('access_token').selectAll().executeTakeFirstOrThrow());
    expect(Math.round((kept.expires_at.getTime() - Date.now()) / 86_400_000)).toBe(3);
    expect((await sofi('token', 'create', '--user', 'x@y.fr')).code).toBe(1);
  });
});
