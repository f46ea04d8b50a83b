import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anOrganisme } from '../../domain/model/builders.ts';
import type { FicheDocument, FormationDocument } from '../../domain/model/documents.ts';
import type { FicheId } from '../../domain/model/ids.ts';
import type { Echeances } from '../../domain/model/promise.ts';
import { createTestDatabase, type TestDatabase } from '../../ops/test/database.ts';
import type { Sql, Viewer } from '../connect.ts';
import { brouillonFromAccepted, createBrouillon, depositBrouillon, keepDecision, saveBrouillon } from './index.ts';
import { draftOfOpen } from './next-draft.ts';
import { actorOf, REGION, Stage } from './stage.ts';

const HOUR_MS = 3_600_000;
/** A Monday at 10:00 in Paris: its three promises are due Tuesday, Wednesday and Thursday at 18:00. */
const MONDAY = Date.parse('2026-11-23T09:00:00Z');

describe('drafts', () => {
  let database: TestDatabase;
  let stage: Stage;
  let organisme: { id: string; of: Viewer };
  let moderatrice: Viewer;
  beforeAll(async () => {
    database = await createTestDatabase();
    stage = await Stage.open(database.url, MONDAY);
    organisme = await stage.organisme();
    moderatrice = await stage.person('moderateur');
  });
  afterAll(async () => {
    await stage.close();
    await database.drop();
  });

  const asOf = <T>(work: (sql: Sql) => Promise<T>) => stage.db.asViewer(organisme.of, work);
  const draft = (document: FicheDocument) =>
    asOf((sql) => createBrouillon(sql, { viewer: organisme.of, document, at: stage.now }));
  const save = (id: string, document: FicheDocument, saveNumber: number) =>
    asOf((sql) => saveBrouillon(sql, { id, document, saveNumber, at: stage.now }));
  const deposit = (id: string) =>
    asOf((sql) =>
      depositBrouillon(sql, { brouillonId: id, by: actorOf(organisme.of), at: stage.at, dueHour: REGION.dueHour }),
    );
  const entitled = (document: FormationDocument, intitule: string): FormationDocument => ({
    ...document,
    champs: { ...document.champs, 'intitule-formation': intitule },
  });
  const rowOf = (id: string) =>
    stage.db.asWorker((sql) => sql.selectFrom('soumission').selectAll().where('id', '=', id).executeTakeFirstOrThrow());
  const echeancesOf = async (id: string) => (await rowOf(id)).echeances as Echeances;

  it('are saved over the save that was read, and no other', async () => {
    const document = stage.formation(organisme.id);
    const { id, saveNumber } = await draft(document);
    expect((await save(id, entitled(document, 'CAP ébéniste, soir'), saveNumber)).saveNumber).toBe(2);
    await expect(save(id, document, saveNumber)).rejects.toMatchObject({
      code: 'brouillon-perime',
      details: { saveNumber: 2 },
    });
  });

  it('become a soumission once deposited, with three promises, and are saved no more', async () => {
    const document = stage.formation(organisme.id);
    const { id } = await draft(document);
    expect(await deposit(id)).toMatchObject({ next: 'start', soumissionId: id });
    const { alimentation, traitement, diffusion } = await echeancesOf(id);
    expect([alimentation, traitement, diffusion].map(({ due }) => new Date(due).toISOString())).toEqual([
      '2026-11-24T17:00:00.000Z',
      '2026-11-25T17:00:00.000Z',
      '2026-11-26T17:00:00.000Z',
    ]);
    expect((await rowOf(id)).due_at?.toISOString()).toBe('2026-11-24T17:00:00.000Z');
    await expect(save(id, document, 1)).rejects.toMatchObject({ code: 'transition-interdite' });
    await expect(deposit(id)).rejects.toMatchObject({ code: 'transition-interdite' });
  });

  it('on a fiche with an open soumission wait, frozen, to be its next revision', async () => {
    const document = stage.formation(organisme.id);
    const open = await stage.deposit(organisme.of, document);
    const { id, saveNumber } = await draft(entitled(document, 'CAP ébéniste, matin'));
    const answer = await deposit(id);
    expect(answer).toMatchObject({ next: 'revise', soumissionId: open, brouillonId: id });
    expect(await deposit(id)).toEqual(answer);
    await expect(save(id, document, saveNumber)).rejects.toMatchObject({ code: 'transition-interdite' });
  });

  it('answer a request for changes on the soumission itself, and its clocks go on', async () => {
    const document = stage.formation(organisme.id);
    const id = await stage.deposit(organisme.of, document);
    await stage.check(id);
    const champs = [{ path: '/champs/intitule-formation', reason: 'imprecis', comment: 'Quel rythme ?' }] as const;
    const decision = await stage.db.asViewer(moderatrice, (sql) =>
      keepDecision(sql, { soumissionId: id, decision: { kind: 'requestChanges', version: 1, champs } }),
    );
    expect(Object.keys(decision).sort()).toEqual(['kind', 'version', 'words']);
    await stage.apply(id, { kind: 'decide', by: actorOf(moderatrice), decision });
    const asked = await asOf((sql) =>
      sql.selectFrom('decision').selectAll().where('soumission_id', '=', id).executeTakeFirstOrThrow(),
    );
    expect(asked.champs).toEqual(champs);

    stage.now += 48 * HOUR_MS;
    const answered = entitled(document, 'CAP ébéniste à plein temps');
    await save(id, answered, (await rowOf(id)).save_number);
    expect(await deposit(id)).toMatchObject({ next: 'revise', soumissionId: id, brouillonId: id });
    const revised = await stage.apply(id, { kind: 'revise', by: actorOf(organisme.of), brouillonId: id });
    expect(revised).toMatchObject({ statut: 'deposee', version: 2 });
    const { traitement, traitementsClos, diffusion } = await echeancesOf(id);
    expect(traitementsClos).toHaveLength(1);
    expect(traitement).toMatchObject({ cycle: 2 });
    expect(new Date(traitement.due).toISOString()).toBe('2026-11-27T17:00:00.000Z');
    expect(new Date(diffusion.due).toISOString()).toBe('2026-11-30T17:00:00.000Z');
    stage.now = MONDAY;
  });

  it('from the accepted version are one per person until deposited', async () => {
    const document = stage.formation(organisme.id);
    await stage.approve(await stage.deposit(organisme.of, document), moderatrice);
    const start = () =>
      asOf((sql) => brouillonFromAccepted(sql, { viewer: organisme.of, ficheId: document.id, at: stage.now }));
    const first = await start();
    expect(first).toMatchObject({ kind: 'change', baseVersion: 1 });
    expect((await start()).id).toBe(first.id);
  });

  it('of the next revision of an open soumission are one per person until deposited', async () => {
    const document = stage.formation(organisme.id);
    const id = await stage.deposit(organisme.of, document);
    const start = () =>
      asOf((sql) => draftOfOpen(sql, { viewer: organisme.of, open: { id, document }, at: stage.now }));
    const first = await start();
    expect((await start()).id).toBe(first.id);
    expect(await deposit(first.id)).toMatchObject({ next: 'revise', soumissionId: id, brouillonId: first.id });
    expect((await start()).id).not.toBe(first.id);
  });

  it('merge by field with what was accepted since they were begun', async () => {
    const document = stage.formation(organisme.id);
    await stage.approve(await stage.deposit(organisme.of, document), moderatrice);
    const mine = await asOf((sql) =>
      brouillonFromAccepted(sql, { viewer: organisme.of, ficheId: document.id, at: stage.now }),
    );
    await save(mine.id, entitled(mine.document as FormationDocument, 'CAP ébéniste, ma version'), mine.saveNumber);
    const theirs = { ...document, champs: { ...document.champs, 'objectif-formation': 'Restaurer des meubles.' } };
    await stage.approve(await stage.deposit(moderatrice, theirs), await stage.person('moderateur'));
    await deposit(mine.id);
    const { document: merged, base_version } = await rowOf(mine.id);
    expect(base_version).toBe(2);
    expect(merged.champs).toMatchObject({
      'intitule-formation': 'CAP ébéniste, ma version',
      'objectif-formation': 'Restaurer des meubles.',
    });
  });

  it('of an organisme that nobody has make their author one of those who enter for it', async () => {
    const newcomer = await stage.person('of');
    const id = randomUUID() as FicheId;
    const { id: brouillonId } = await stage.db.asViewer(newcomer, (sql) =>
      createBrouillon(sql, { viewer: newcomer, document: anOrganisme({ id, sites: [] }), at: stage.now }),
    );
    expect((await rowOf(brouillonId)).organisme_id).toBe(id);
    const other = await stage.person('of');
    const taken = stage.db.asViewer(other, (sql) =>
      createBrouillon(sql, { viewer: other, document: anOrganisme({ id, sites: [] }), at: stage.now }),
    );
    await expect(taken).rejects.toMatchObject({ code: 'introuvable' });
  });
});
