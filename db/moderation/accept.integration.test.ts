import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aSession } from '../../domain/model/builders.ts';
import type { FormationDocument, SessionDocument } from '../../domain/model/documents.ts';
import type { SessionId } from '../../domain/model/ids.ts';
import { createTestDatabase, type TestDatabase } from '../../ops/test/database.ts';
import type { Viewer } from '../connect.ts';
import { depositReceived } from './index.ts';
import { actorOf, REGION, Stage } from './stage.ts';

const DAY_MS = 24 * 3_600_000;

describe('the accepted offer', () => {
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

  async function accept(document: FormationDocument): Promise<void> {
    await stage.approve(await stage.deposit(organisme.of, document), moderatrice);
  }

  const withSessions = (document: FormationDocument, sessions: readonly SessionDocument[]): FormationDocument => ({
    ...document,
    actions: document.actions.map((action) => ({ ...action, sessions })),
  });

  async function received(document: FormationDocument, sourceName = 'intercarif'): Promise<string> {
    const [answer] = await stage.db.asWorker((sql) =>
      depositReceived(
        sql,
        {
          source: 'flux',
          sourceName,
          importId: null,
          by: actorOf(moderatrice),
          at: stage.at,
          dueHour: REGION.dueHour,
          conduite: 'workflow',
        },
        [{ document }],
      ),
    );
    return answer?.soumissionId ?? '';
  }

  const sessionsOf = (id: string) =>
    stage.db.asWorker((sql) =>
      sql.selectFrom('session').selectAll().where('formation_id', '=', id).orderBy('rang').execute(),
    );
  const levelsOf = (id: string) =>
    stage.db.asWorker(async (sql) => ({
      formation: await sql.selectFrom('formation').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
      action: await sql.selectFrom('action').selectAll().where('formation_id', '=', id).executeTakeFirstOrThrow(),
    }));
  const withNumero = (document: FormationDocument, numero: string, session: string): FormationDocument => ({
    ...document,
    numero,
    actions: document.actions.map((action) => ({
      ...action,
      numero: `${numero}-A`,
      sessions: action.sessions.map((one) => ({ ...one, numero: session })),
    })),
  });

  it('keeps the day of each level that did not change', async () => {
    const document = stage.formation(organisme.id, { sessions: 2 });
    await accept(document);
    const first = stage.day;
    stage.now += DAY_MS;
    const [kept, moved] = document.actions[0]?.sessions ?? [];
    if (kept === undefined || moved === undefined) throw new Error('two sessions were asked for');
    await accept(withSessions(document, [kept, { ...moved, champs: { ...moved.champs, 'etat-recrutement': '2' } }]));
    const sessions = await sessionsOf(document.id);
    expect(sessions.map(({ maj }) => maj)).toEqual([first, stage.day]);
    const { formation, action } = await levelsOf(document.id);
    expect([action.maj, formation.maj]).toEqual([stage.day, stage.day]);
    expect([action.creee, formation.creee]).toEqual([first, first]);
  });

  it('moves no day when the same content is accepted again', async () => {
    const document = stage.formation(organisme.id);
    await accept(document);
    const first = stage.day;
    stage.now += DAY_MS;
    await accept(document);
    expect((await levelsOf(document.id)).formation).toMatchObject({ maj: first, version_n: 2 });
  });

  it('marks a session that is no longer named, and brings it back under its numero', async () => {
    const document = stage.formation(organisme.id, { sessions: 2 });
    await accept(document);
    const [first, second] = await sessionsOf(document.id);
    const [kept] = document.actions[0]?.sessions ?? [];
    await accept(withSessions(document, kept === undefined ? [] : [kept]));
    expect((await sessionsOf(document.id)).map(({ retire_le }) => retire_le === null)).toEqual([true, false]);
    await accept(document);
    const again = await sessionsOf(document.id);
    expect(again.map(({ numero, retire_le }) => [numero, retire_le])).toEqual([
      [first?.numero, null],
      [second?.numero, null],
    ]);
  });

  it('says on which day it changes by itself', async () => {
    const document = stage.formation(organisme.id);
    const session = aSession({ day: stage.day, id: randomUUID() as SessionId, dispositifs: [] });
    const champs = { ...session.champs, periode: { debut: '20310105', fin: '20310131' } };
    await accept(withSessions(document, [{ ...session, champs }]));
    expect((await levelsOf(document.id)).formation.prochain_changement).toBe('2031-02-01');
  });

  it('lets nobody type a numero', async () => {
    const typed = withNumero(stage.formation(organisme.id), '99_1', '99_S');
    await accept(typed);
    expect((await levelsOf(typed.id)).formation.numero).toMatch(/^21_\d+$/);
    expect((await sessionsOf(typed.id))[0]?.numero).toMatch(/^21_\d+$/);
  });

  it('keeps the numeros of a flow, and renames a session whose numero another has', async () => {
    const first = withNumero(stage.formation(organisme.id), '07_10', '07_S1');
    const second = withNumero(stage.formation(organisme.id), '07_11', '07_S1');
    for (const document of [first, second]) await stage.approve(await received(document), moderatrice);
    expect((await levelsOf(first.id)).formation.numero).toBe('07_10');
    expect((await sessionsOf(first.id))[0]).toMatchObject({ numero: '07_S1', numero_recu: null });
    const [renamed] = await sessionsOf(second.id);
    expect(renamed?.numero).toMatch(/^21_\d+$/);
    expect(renamed?.numero_recu).toBe('07_S1');
  });

  it.each([
    ['numero-deja-pris', '07_12', '07_12'],
    ['numero-invalide', '07_13', '07|14'],
  ])('refuses a flow’s formation: %s', async (code, before, numero) => {
    const first = await received(withNumero(stage.formation(organisme.id), before, `${before}S`));
    await stage.approve(first, moderatrice);
    const id = await received(withNumero(stage.formation(organisme.id), numero, `${numero}T`), 'onisep');
    await expect(stage.approve(id, moderatrice)).rejects.toMatchObject({ code });
    expect((await stage.state(id))?.statut).toBe('controlee');
  });

  it('goes on above the numeros of an older SOFI', async () => {
    const document = withNumero(stage.formation(organisme.id), '21_500000', '21_500001');
    await stage.approve(await received(document, 'reprise'), moderatrice);
    expect((await levelsOf(document.id)).formation.numero).toBe('21_500000');
    const next = stage.formation(organisme.id);
    await accept(next);
    const { formation } = await levelsOf(next.id);
    expect(Number(formation.numero.slice(3))).toBeGreaterThan(500_001);
  });

  it('refuses two formations of an organisme under one reference of its own', async () => {
    await accept({ ...stage.formation(organisme.id), referenceOf: 'EB-1' });
    const second = { ...stage.formation(organisme.id), referenceOf: 'EB-1' };
    const id = await stage.deposit(organisme.of, second);
    await expect(stage.approve(id, moderatrice)).rejects.toMatchObject({ code: 'reference-deja-prise' });
  });

  it('takes what a flow sends during a review as the next revision of the open soumission', async () => {
    const document = withNumero(stage.formation(organisme.id), '07_20', '07_S20');
    const id = await received(document);
    await stage.check(id);
    expect(await received(document)).toBe(id);
    const task = await stage.db.asWorker((sql) =>
      sql
        .selectFrom('outbox')
        .selectAll()
        .where('subject_id', '=', id)
        .where('kind', '=', 'revise')
        .executeTakeFirstOrThrow(),
    );
    const { brouillonId } = task.payload as { brouillonId: string };
    const revised = await stage.apply(id, { kind: 'revise', by: actorOf(moderatrice), brouillonId });
    expect(revised).toMatchObject({ statut: 'deposee', version: 2 });
    const brouillon = await stage.db.asWorker((sql) =>
      sql.selectFrom('soumission').selectAll().where('id', '=', brouillonId).executeTakeFirstOrThrow(),
    );
    expect(brouillon).toMatchObject({ statut: 'abandonnee', remplacee_par: id });
    const again = await stage.apply(id, { kind: 'revise', by: actorOf(moderatrice), brouillonId });
    expect(again.version).toBe(2);
  });
});
