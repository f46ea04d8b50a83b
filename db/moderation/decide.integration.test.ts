import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setAtPath } from '../../domain/model/paths.ts';
import { createTestDatabase, type TestDatabase } from '../../ops/test/database.ts';
import type { Viewer } from '../connect.ts';
import { addSetting } from '../regles/settings.ts';
import { brokenLinks } from './journal.ts';
import { actorOf, Stage } from './stage.ts';

describe('the decision of a soumission', () => {
  let database: TestDatabase;
  let stage: Stage;
  let organisme: { id: string; of: Viewer };
  let [moderatrice, moderateur]: Viewer[] = [];
  beforeAll(async () => {
    database = await createTestDatabase();
    stage = await Stage.open(database.url);
    organisme = await stage.organisme();
    moderatrice = await stage.person('moderateur');
    moderateur = await stage.person('moderateur');
  });
  afterAll(async () => {
    await stage.close();
    await database.drop();
  });
  const someone = (viewer: Viewer | undefined) => actorOf(viewer as Viewer);
  const deposited = () => stage.deposit(organisme.of, stage.formation(organisme.id));
  const approve = (by: Viewer | undefined) =>
    ({ kind: 'decide', by: someone(by), decision: { kind: 'approve', version: 1 } }) as const;

  it('goes from deposit to accepted rows, version, marking and clocks in one transaction', async () => {
    const document = stage.formation(organisme.id, { sessions: 2 });
    const id = await stage.deposit(organisme.of, document);
    expect((await stage.check(id)).statut).toBe('controlee');
    const claimed = await stage.apply(id, { kind: 'claim', by: someone(moderatrice), takeOver: false });
    expect(claimed).toMatchObject({ statut: 'enRevue', claim: { by: moderatrice?.userId, token: 1 } });
    expect(await stage.apply(id, approve(moderatrice))).toMatchObject({ statut: 'validee', claim: null });

    await stage.db.asWorker(async (sql) => {
      const formation = await sql
        .selectFrom('formation')
        .selectAll()
        .where('id', '=', document.id)
        .executeTakeFirstOrThrow();
      expect(formation.numero).toMatch(/^21_\d+$/);
      expect(formation.maj).toBe(stage.day);
      const sessions = await sql.selectFrom('session').selectAll().where('formation_id', '=', document.id).execute();
      expect(sessions).toHaveLength(2);
      const marks = await sql.selectFrom('cpf_marking').selectAll().where('formation_id', '=', document.id).execute();
      expect(marks.map(({ answer }) => answer)).toEqual(['nonVerifie', 'nonVerifie']);
      const version = await sql
        .selectFrom('fiche_version')
        .selectAll()
        .where('fiche_id', '=', document.id)
        .executeTakeFirstOrThrow();
      expect(version).toMatchObject({ n: 1, soumission_id: id, retrait: false });
      const promises = await sql.selectFrom('promesse').selectAll().where('soumission_id', '=', id).execute();
      expect(Object.fromEntries(promises.map(({ clock, kept }) => [clock, kept]))).toEqual({
        alimentation: true,
        traitement: true,
        diffusion: null,
      });
      expect(await brokenLinks(sql, document.id)).toEqual([]);
    });
  });

  it('claims first when nobody holds the soumission, and says so in the journal', async () => {
    const id = await deposited();
    await stage.check(id);
    await stage.apply(id, approve(moderatrice));
    const acts = await stage.db.asWorker((sql) =>
      sql.selectFrom('journal').select('act').where('soumission_id', '=', id).orderBy('n').execute(),
    );
    expect(acts.map(({ act }) => act)).toEqual(['deposer', 'controler', 'claim', 'approve']);
  });

  it('has one effect when it is sent twice under one name', async () => {
    const id = await deposited();
    await stage.check(id);
    const seq = (await stage.state(id))?.seq ?? 0;
    const once = await stage.apply(id, approve(moderatrice), { seq, commande: `${id}:same` });
    expect(await stage.apply(id, approve(moderatrice), { seq, commande: `${id}:same` })).toEqual(once);
    const decisions = await stage.db.asWorker((sql) =>
      sql.selectFrom('decision').select('id').where('soumission_id', '=', id).execute(),
    );
    expect(decisions).toHaveLength(1);
  });

  it('is refused by the fence when the row moved', async () => {
    const id = await deposited();
    const { seq } = await stage.check(id);
    await expect(stage.apply(id, approve(moderatrice), { seq: seq - 1 })).rejects.toMatchObject({ code: 'fence' });
    expect((await stage.state(id))?.statut).toBe('controlee');
  });

  it.each([
    ['an older version', 'version-perimee', { decision: { kind: 'approve', version: 9 } as const }],
    ['a lost claim', 'reservation-perdue', { token: 7 }],
  ])('is refused on %s', async (_, code, change) => {
    const id = await deposited();
    await stage.check(id);
    const wish = { ...approve(moderatrice), ...change };
    await expect(stage.apply(id, wish)).rejects.toMatchObject({ code });
  });

  it('is refused while a colleague holds the soumission, until the lease is over or it is taken over', async () => {
    const id = await deposited();
    await stage.check(id);
    await stage.apply(id, { kind: 'claim', by: someone(moderatrice), takeOver: false });
    const refused = stage.apply(id, approve(moderateur));
    await expect(refused).rejects.toMatchObject({
      code: 'prise-par-un-collegue',
      details: { par: moderatrice?.userId },
    });
    const taken = await stage.apply(id, { kind: 'claim', by: someone(moderateur), takeOver: true });
    expect(taken.claim).toMatchObject({ by: moderateur?.userId, token: 2 });
    await expect(stage.apply(id, { ...approve(moderatrice), token: 1 })).rejects.toMatchObject({
      code: 'prise-par-un-collegue',
    });
    expect((await stage.apply(id, { ...approve(moderateur), token: 2 })).statut).toBe('validee');
  });

  it('is refused once decided', async () => {
    const id = await deposited();
    await stage.approve(id, moderatrice);
    await expect(stage.apply(id, approve(moderateur))).rejects.toMatchObject({ code: 'deja-decidee' });
  });

  it('is not for whoever entered it on behalf of the OF', async () => {
    const id = await stage.deposit(moderatrice as Viewer, stage.formation(organisme.id));
    await stage.check(id);
    await expect(stage.apply(id, approve(moderatrice))).rejects.toMatchObject({ code: 'propre-saisie' });
    expect((await stage.apply(id, approve(moderateur))).statut).toBe('validee');
  });

  it('waits for the organisme of the formation', async () => {
    const of = await stage.person('of');
    const { id: organismeId, ...rest } = (await import('../../domain/model/builders.ts')).anOrganisme({ sites: [] });
    const fresh = crypto.randomUUID();
    const organismeSoumission = await stage.deposit(of, { ...rest, id: fresh as typeof organismeId });
    const entered = { ...of, organismes: [fresh] };
    const id = await stage.deposit(entered, stage.formation(fresh));
    await stage.check(id);
    await expect(stage.apply(id, approve(moderatrice))).rejects.toMatchObject({
      code: 'organisme-non-accepte',
      details: { organisme: fresh, soumission: organismeSoumission },
    });
    await stage.approve(organismeSoumission, moderatrice);
    expect((await stage.apply(id, approve(moderatrice))).statut).toBe('validee');
  });

  it('sends a blocking fault back at once, with the traitement paused', async () => {
    const document = stage.formation(organisme.id);
    const { 'intitule-formation': _, ...champs } = document.champs;
    const id = await stage.deposit(organisme.of, { ...document, champs });
    const state = await stage.check(id);
    expect(state.statut).toBe('correctionsDemandees');
    expect(state.wakeAt.reminders).toHaveLength(2);
    const row = await stage.db.asWorker((sql) =>
      sql.selectFrom('soumission').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    );
    expect(row.controles?.blocking).toBeGreaterThan(0);
    expect(row.due_at).toBeNull();
    expect(row.echeances).toMatchObject({ alimentation: { kept: true }, traitement: { pausedAt: stage.now } });
  });

  it('accepts 1 000 sessions in one decision', async () => {
    const times: number[] = [];
    for (let run = 0; run < 3; run++) {
      const id = await stage.deposit(organisme.of, stage.formation(organisme.id, { sessions: 1_000 }));
      await stage.check(id);
      const started = performance.now();
      await stage.apply(id, approve(moderatrice));
      times.push(Math.round(performance.now() - started));
    }
    console.info(`1 000 sessions accepted in ${times.join(', ')} ms (limit 500)`);
    const { count } = await stage.db.asWorker((sql) =>
      sql
        .selectFrom('session')
        .select((eb) => eb.fn.countAll<string>().as('count'))
        .executeTakeFirstOrThrow(),
    );
    expect(Number(count)).toBeGreaterThanOrEqual(3_000);
  });

  it('takes two people where a rule that asks for them is at fault, and one where it is not', async () => {
    const severity = { saisie: 'warning', fichier: 'warning', flux: 'warning' } as const;
    const setting = { rule: 'sans-majuscules', version: 0, severity, twoPeople: true, reason: 'Essai' };
    const by = await stage.person('administrateur');
    await stage.db.asWorker((sql) => addSetting(sql, { ...setting, activeFrom: stage.day, by: by.userId }));
    const document = stage.formation(organisme.id);
    const loud = setAtPath(document, '/champs/intitule-formation', 'CERTIFICAT DE BOULANGERIE ARTISANALE');
    const id = await stage.deposit(organisme.of, loud);
    expect((await stage.check(id)).statut).toBe('controlee');
    const first = await stage.apply(id, approve(moderatrice));
    expect(first).toMatchObject({ statut: 'controlee', premiereVoix: moderatrice?.userId });
    await expect(stage.apply(id, approve(moderatrice))).rejects.toMatchObject({ code: 'seconde-voix' });
    expect((await stage.apply(id, approve(moderateur))).statut).toBe('validee');
    const calm = await deposited();
    await stage.check(calm);
    expect((await stage.apply(calm, approve(moderatrice))).statut).toBe('validee');
  });
});
