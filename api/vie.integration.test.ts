import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '../db/connect.ts';
import { brouillonFromAccepted, createBrouillon, createWithdrawal, depositBrouillon } from '../db/moderation/index.ts';
import { actorOf, REGION, Stage } from '../db/moderation/stage.ts';
import type { FormationDocument } from '../domain/model/documents.ts';
import { setAtPath } from '../domain/model/paths.ts';
import { type TokenCall, tokenPerson } from '../ops/test/token-person.ts';
import { startWholeApi, type WholeApi } from '../ops/test/whole-api.ts';

const TITRE = '/champs/intitule-formation';

let api: WholeApi;
let stage: Stage;
let organisme: { readonly id: string; readonly of: Viewer };
let of: TokenCall;
let otherOf: TokenCall;
let moderatrice: TokenCall;
let moderateur: TokenCall;
let admin: TokenCall;

beforeAll(async () => {
  api = await startWholeApi();
  stage = new Stage(api.db, Date.now());
  organisme = await stage.organisme();
  const other = await stage.organisme();
  const people = [
    organisme.of,
    other.of,
    await stage.person('moderateur'),
    await stage.person('moderateur'),
    await stage.person('administrateur'),
  ];
  const calls = await Promise.all(people.map((viewer) => tokenPerson(api, viewer)));
  [of, otherOf, moderatrice, moderateur, admin] = calls as [TokenCall, TokenCall, TokenCall, TokenCall, TokenCall];
}, 90_000);
afterAll(() => api.stop());

/** A formation that waits for a decision. */
async function waiting(document: FormationDocument = stage.formation(organisme.id)): Promise<string> {
  const id = await stage.deposit(organisme.of, document);
  await stage.check(id);
  return id;
}

async function until(work: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await work()); tries++) {
    if (tries > 150) throw new Error('it never came');
    await sleep(200);
  }
}

/** The next change of an accepted formation, deposited and checked by its own workflow. */
async function change(document: FormationDocument, path: string, value: unknown): Promise<string> {
  const { of: viewer } = organisme;
  const deposit = await api.db.asViewer(viewer, async (sql) => {
    const at = Date.now();
    const from = await brouillonFromAccepted(sql, { viewer, ficheId: document.id, at });
    const draft = await createBrouillon(sql, { viewer, document: setAtPath(from.document, path, value), at });
    return depositBrouillon(sql, {
      brouillonId: draft.id,
      by: actorOf(viewer),
      at: at as never,
      dueHour: REGION.dueHour,
    });
  });
  await until(async () => (await stage.state(deposit.soumissionId))?.statut !== 'deposee');
  return deposit.soumissionId;
}

/** What `GET /promesse` counts as kept by people, clock by clock. */
async function keptByPeople(): Promise<Record<string, number>> {
  const { rows } = await (await fetch(`${api.url}/api/v1/promesse`)).json();
  const own = rows.filter(({ humain, source }: { humain: boolean; source: string }) => humain && source === 'saisie');
  return Object.fromEntries(own.map(({ clock, kept }: { clock: string; kept: number }) => [clock, kept]));
}

const acts = (body: { timeline: { act: string }[] }) => body.timeline.map(({ act }) => act);

describe('a moderator’s mend', () => {
  const champs = [{ path: TITRE, value: 'CAP ébéniste d’art', reason: 'Intitulé officiel' }];

  it('is the next version, checked again, under the same claim; the OF sees what and why, and may object', async () => {
    const id = await waiting();
    const claim = await moderatrice('POST', `/soumissions/${id}/claim`, {});
    const before = (await moderatrice('GET', `/soumissions/${id}`)).body;
    const mended = await moderatrice('POST', `/soumissions/${id}/mends`, { version: 1, champs });
    expect(mended.body).toMatchObject({
      statut: 'enRevue',
      version: 2,
      claim: { mine: true },
      echeances: { traitement: { due: before.echeances.traitement.due } },
      document: { champs: { 'intitule-formation': 'CAP ébéniste d’art' } },
    });
    const kept = await moderatrice('PUT', `/soumissions/${id}/claim`, {});
    expect(kept.body.token).toBe(claim.body.token);
    const seen = (await of('GET', `/soumissions/${id}`)).body;
    expect(seen.mends).toMatchObject([
      {
        version: 2,
        champs: [{ path: TITRE, before: 'CAP ébéniste', after: 'CAP ébéniste d’art', reason: 'Intitulé officiel' }],
      },
    ]);
    expect(acts(seen)).toContain('mend');
    expect((await of('GET', '/avis')).body).toEqual(
      expect.arrayContaining([expect.objectContaining({ kind: 'mend', soumission: id, read: false })]),
    );
    const objected = await of('POST', `/soumissions/${id}/objection`, { message: 'Notre intitulé est le bon.' });
    expect(acts(objected.body)).toContain('objection');
    const told = (await moderateur('GET', '/avis')).body;
    expect(told).toEqual(expect.arrayContaining([expect.objectContaining({ kind: 'objection', soumission: id })]));
    expect((await moderatrice('POST', `/soumissions/${id}/decisions`, { kind: 'approve', version: 1 })).status).toBe(
      412,
    );
  });

  it.each([
    ['a stale version', 412, { version: 9, champs }],
    ['an identifier', 422, { version: 1, champs: [{ path: '/numero', value: '21_1', reason: 'non' }] }],
    ['a value of another form', 400, { version: 1, champs: [{ path: '/referenceOf', value: 3, reason: 'non' }] }],
    ['what is so already', 422, { version: 1, champs: [{ path: TITRE, value: 'CAP ébéniste', reason: 'non' }] }],
  ])('of %s is refused', async (_, status, body) => {
    const id = await waiting();
    const refused = await moderatrice('POST', `/soumissions/${id}/mends`, body);
    expect([refused.status, (await stage.state(id))?.version]).toEqual([status, 1]);
  });

  it('is no OF’s to make, nor an objection without one to write', async () => {
    const id = await waiting();
    expect((await of('POST', `/soumissions/${id}/mends`, { version: 1, champs })).status).toBe(403);
    expect((await of('POST', `/soumissions/${id}/objection`, { message: 'Non.' })).body.code).toBe('sans-correction');
  });
});

describe('words about a fiche', () => {
  it('reach the other side; notes stay within the Cariforef; another OF sees none', async () => {
    const id = await waiting();
    await moderatrice('POST', `/soumissions/${id}/messages`, { message: 'Pouvez-vous préciser ?' });
    await of('POST', `/soumissions/${id}/messages`, { message: 'Oui.' });
    const note = await moderatrice('POST', `/soumissions/${id}/notes`, { message: 'À surveiller.' });
    expect(note.status).toBe(201);
    const texts = (answer: { body: { message: string }[] }) => answer.body.map(({ message }) => message);
    expect(texts(await of('GET', `/soumissions/${id}/messages`))).toEqual(['Pouvez-vous préciser ?', 'Oui.']);
    expect(texts(await moderateur('GET', `/soumissions/${id}/notes`))).toEqual(['À surveiller.']);
    expect((await of('GET', `/soumissions/${id}/notes`)).status).toBe(403);
    expect((await otherOf('GET', `/soumissions/${id}/messages`)).status).toBe(404);
    expect((await otherOf('POST', `/soumissions/${id}/messages`, { message: 'Coucou' })).status).toBe(404);
    expect(acts((await of('GET', `/soumissions/${id}`)).body)).not.toContain('note');
    expect(acts((await moderateur('GET', `/soumissions/${id}`)).body)).toContain('note');
    const avis = (await of('GET', '/avis')).body.find((one: { soumission: string }) => one.soumission === id);
    expect(avis).toMatchObject({ kind: 'message', read: false });
    expect((await of('POST', '/avis/lus', { ids: [avis.id] })).status).toBe(204);
    const unread = await of('GET', `/avis?filter=${encodeURIComponent('{"unread":true}')}`);
    expect(unread.body.map(({ id: one }: { id: string }) => one)).not.toContain(avis.id);
  });
});

describe('two voices', () => {
  it('are asked for by the withdrawal of many sessions: the second is a colleague’s', async () => {
    const document = stage.formation(organisme.id, { sessions: 20 });
    await stage.approve(await waiting(document));
    const { of: viewer } = organisme;
    const id = await api.db.asViewer(viewer, async (sql) => {
      const at = Date.now();
      const draft = await createWithdrawal(sql, { viewer, ficheId: document.id, motif: 'Fermée', at });
      const by = actorOf(viewer);
      return (await depositBrouillon(sql, { brouillonId: draft.id, by, at: at as never, dueHour: REGION.dueHour }))
        .soumissionId;
    });
    await stage.check(id);
    const decision = { kind: 'approve', version: 1 };
    const preview = await moderatrice('POST', '/decisions/bulk', {
      ...decision,
      version: undefined,
      items: [{ id, version: 1 }],
      dryRun: true,
    });
    expect(preview.body.items).toMatchObject([{ outcome: 'firstVoice' }]);
    const first = await moderatrice('POST', `/soumissions/${id}/decisions`, decision);
    expect(first.body).toMatchObject({ statut: 'controlee', premiereVoix: { role: 'moderateur' } });
    expect(first.body.allowed).toEqual(expect.arrayContaining(['refuse']));
    expect(first.body.allowed).not.toContain('approve');
    expect((await moderatrice('POST', `/soumissions/${id}/decisions`, decision)).body.code).toBe('seconde-voix');
    const second = await moderateur('POST', `/soumissions/${id}/decisions`, decision);
    expect(second.body.statut).toBe('validee');
    expect(acts(second.body)).toEqual(expect.arrayContaining(['firstVoice', 'approve']));
  });
});

describe('trust lanes', () => {
  it('approve a low-risk change of a clean record, and moderators answer the audited share', async () => {
    const { body: lanes } = await admin('GET', '/voies');
    const {
      id: _,
      version: __,
      approuvees,
      audits,
      enAttente,
      fausses,
      tauxErreur,
      ...lane
    } = lanes.find(({ id }: { id: string }) => id === 'web');
    expect([approuvees, audits, enAttente, fausses, tauxErreur]).toEqual([0, 0, 0, 0, null]);
    const set = { ...lane, auditPourcent: 100, approbations: 1 };
    expect((await moderatrice('PUT', '/voies/web', set)).status).toBe(403);
    expect((await admin('PUT', '/voies/web', set)).body).toMatchObject({ version: 2, auditPourcent: 100 });
    const document = stage.formation(organisme.id);
    await stage.approve(await waiting(document));
    const id = await change(document, '/champs/url-formation', { urlweb: ['https://autre.example'] });
    const seen = (await of('GET', `/soumissions/${id}`)).body;
    expect(seen.statut).toBe('validee');
    expect(acts(seen)).toEqual(['deposer', 'controler', 'approveByRule']);
    expect(JSON.stringify(seen)).not.toContain('audit');
    const drawn = (await moderatrice('GET', `/voies/audits?filter=${encodeURIComponent('{"waiting":true}')}`)).body;
    expect(drawn).toMatchObject([{ id, voies: ['web'], juste: null }]);
    expect((await of('GET', '/voies/audits')).status).toBe(403);
    const answered = await moderatrice('POST', `/voies/audits/${id}`, { juste: false, commentaire: 'Lien mort' });
    expect(answered.status).toBe(204);
    const after = (await admin('GET', '/voies')).body.find((one: { id: string }) => one.id === 'web');
    expect(after).toMatchObject({ approuvees: 1, audits: 1, enAttente: 0, fausses: 1, tauxErreur: 1 });
    const other = await change(document, TITRE, 'CAP charpentier');
    expect((await stage.state(other))?.statut).toBe('controlee');
  });

  it('never count among the promises that people kept, not even when the OF withdraws what one approved', async () => {
    const document = stage.formation(organisme.id);
    await stage.approve(await waiting(document));
    const before = await keptByPeople();
    const id = await change(document, '/champs/url-formation', { urlweb: ['https://encore.example'] });
    expect((await stage.state(id))?.statut).toBe('validee');
    expect(await keptByPeople()).toEqual(before);
    expect((await of('POST', `/soumissions/${id}/retrait`, {})).body.statut).toBe('retiree');
    expect(await keptByPeople()).toEqual(before);
    const clocks = await api.db.asWorker((sql) =>
      sql.selectFrom('promesse').select(['clock', 'humain']).where('soumission_id', '=', id).orderBy('clock').execute(),
    );
    expect(clocks).toEqual(['alimentation', 'diffusion', 'traitement'].map((clock) => ({ clock, humain: false })));
  });
});

describe('settings and the record of the promise', () => {
  it('are the administrator’s to set, and the public’s to read', async () => {
    const { body } = await moderatrice('GET', '/promesse/reglages');
    expect(body).toMatchObject({ escalade: { amber: 8, moderateurs: 4, administrateurs: 1 } });
    const set = { ...body, escalade: { ...body.escalade, moderateurs: 5 } };
    expect((await moderatrice('PUT', '/promesse/reglages', set)).status).toBe(403);
    expect((await admin('PUT', '/promesse/reglages', set)).body.escalade.moderateurs).toBe(5);
    const promise = await (await fetch(`${api.url}/api/v1/promesse`)).json();
    expect(promise).toMatchObject({ days: 90, rows: expect.any(Array), jours: expect.any(Array) });
    const human = promise.rows.filter(({ humain }: { humain: boolean }) => humain);
    expect(human.length).toBeGreaterThan(0);
  });
});
