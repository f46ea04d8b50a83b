import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { acceptSample } from '../db/publication/sample-offre.ts';
import { aFormation, anOrganisme } from '../domain/model/builders.ts';
import type { FicheDocument } from '../domain/model/documents.ts';
import type { FicheId, ParisDay } from '../domain/model/ids.ts';
import { type DemoEmail, type Person, startTestApi, type TestApi } from '../ops/test/api-server.ts';

const DAY = '2026-11-24' as ParisDay;
let api: TestApi;
let of1: Person;
let draft: { readonly ficheId: FicheId; readonly document: FicheDocument };

beforeAll(async () => {
  api = await startTestApi();
  of1 = await api.login('of1@demo.sofi');
  const document = { ...anOrganisme(), id: randomUUID() as FicheId, sites: [] };
  draft = (await of1.call('post', '/brouillons', { document })).body;
  const formation = aFormation({
    organisme: draft.ficheId,
    champs: { ...aFormation().champs, ...secret('formation') },
  });
  await api.db.asWorker(async (sql) => {
    await acceptSample(sql, draft.document, { day: DAY });
    await acceptSample(sql, formation, { day: DAY });
  });
});
afterAll(() => api.stop());

const secret = (level: string) => ({
  [`contact-${level}`]: [{ '@': { tag: 'prive' }, coordonnees: { nom: 'Zoé Secrète' } }],
});

describe('a contact that is not marked public', () => {
  it('is what an entry by hand makes of a contact without a mark', () => {
    expect(draft.document.champs).toMatchObject({ 'contact-organisme': [{ '@': { tag: 'prive' } }] });
  });

  it.each<[DemoEmail, boolean]>([
    ['of1@demo.sofi', true],
    ['moderatrice@demo.sofi', true],
    ['admin@demo.sofi', true],
    ['of2@demo.sofi', false],
    ['consommateur@demo.sofi', false],
  ])('is shown to %s: %s', async (email, isShown) => {
    const person = await api.login(email);
    const formation = await person.call('get', `/formations/${aFormation().id}`);
    const organisme = await person.call('get', `/organismes/${draft.ficheId}`);
    expect([formation.status, organisme.status]).toEqual([200, 200]);
    expect(formation.text.includes('Zoé Secrète')).toBe(isShown);
    expect(organisme.body.document.champs['contact-organisme']).toHaveLength(isShown ? 1 : 0);
  });
});
