import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Stage } from '../db/moderation/stage.ts';
import { addDays } from '../domain/model/calendar.ts';
import { parisDayOf } from '../domain/model/paris-time.ts';
import { setAtPath } from '../domain/model/paths.ts';
import { type Person, startTestApi, type TestApi } from '../ops/test/api-server.ts';

const RULE = 'sans-majuscules';
const today = parisDayOf(Date.now());
const allWarn = { saisie: 'warning', fichier: 'warning', flux: 'warning' };
const strict = { ...allWarn, saisie: 'blocking' };

let api: TestApi;
let stage: Stage;
let admin: Person;
let moderatrice: Person;
let of1: Person;
/** Deposits of an organisme: every second title shouts. */
let shouting: string[];

beforeAll(async () => {
  api = await startTestApi();
  stage = await Stage.open(api.databaseUrl);
  [admin, moderatrice, of1] = await Promise.all([
    api.login('admin@demo.sofi'),
    api.login('moderatrice@demo.sofi'),
    api.login('of1@demo.sofi'),
  ]);
  const organisme = await stage.organisme();
  shouting = [];
  for (let i = 0; i < 4; i++) {
    const calm = stage.formation(organisme.id);
    const loud = i % 2 === 0;
    const document = setAtPath(
      calm,
      '/champs/intitule-formation',
      loud ? 'CERTIFICAT DE BOULANGERIE ARTISANALE' : 'Pain',
    );
    const id = await stage.deposit(organisme.of, document);
    await stage.check(id);
    if (loud) shouting.push(id);
  }
}, 60_000);
afterAll(async () => {
  await stage.close();
  await api.stop();
});

const regle = async () => {
  const { body } = await moderatrice.call('get', `/regles?filter=${encodeURIComponent(JSON.stringify({ q: RULE }))}`);
  return body[0];
};
const change = (given: object) => ({
  version: 0,
  severity: allWarn,
  activeFrom: today,
  reason: 'Trop de titres criés',
  ...given,
});

describe('the rules over HTTP', () => {
  it('are tried on past soumissions before they are switched on, with the list', async () => {
    const { status, body } = await admin.call('post', '/regles/essai', { regle: RULE, severity: strict });
    expect([status, body.total, body.examined, body.next]).toEqual([200, 5, 5, null]);
    expect(body.blocked.map((hit: { soumission: string }) => hit.soumission).toSorted()).toEqual(shouting.toSorted());
    expect(body.blocked[0]).toMatchObject({
      statut: 'controlee',
      channel: 'saisie',
      faults: [{ message: expect.any(String) }],
    });
    expect(body.freed).toEqual([]);
  });

  it('are set by an administrator only, and never against the design', async () => {
    const sent = change({ severity: strict });
    expect((await moderatrice.call('put', `/regles/${RULE}`, sent)).status).toBe(403);
    expect((await of1.call('post', '/regles/essai', { regle: RULE, severity: strict })).status).toBe(403);
    const flux = change({ severity: { ...strict, flux: 'blocking' } });
    expect((await admin.call('put', `/regles/${RULE}`, flux)).body.code).toBe('severite-interdite');
    const past = change({ activeFrom: addDays(today, -1) });
    expect((await admin.call('put', `/regles/${RULE}`, past)).body.code).toBe('date-passee');
    expect((await admin.call('put', '/regles/nulle-part', sent)).status).toBe(404);
  });

  it('keep every version with who, when and why; one that waits for its day changes nothing yet', async () => {
    const later = change({ severity: strict, activeFrom: addDays(today, 7) });
    const { status, body } = await admin.call('put', `/regles/${RULE}`, later);
    expect([status, body.version, body.latest, body.severity.saisie]).toEqual([200, 0, 1, body.catalogue.saisie]);
    const now = await admin.call('put', `/regles/${RULE}`, change({ version: 1, severity: strict, twoPeople: true }));
    expect(now.body).toMatchObject({ version: 2, latest: 2, twoPeople: true, severity: strict });
    expect((await regle()).settings).toMatchObject([
      { version: 1, activeFrom: addDays(today, 7), reason: 'Trop de titres criés' },
      { version: 2, activeFrom: today },
    ]);
    const stale = await admin.call('put', `/regles/${RULE}`, change({ version: 1 }));
    expect([stale.status, stale.body.code]).toEqual([412, 'version-perimee']);
  });

  it('send back by the setting in force, and tell who decides that two people are asked for', async () => {
    const organisme = await stage.organisme();
    const loud = setAtPath(
      stage.formation(organisme.id),
      '/champs/intitule-formation',
      'CERTIFICAT DE BOULANGERIE ARTISANALE',
    );
    const id = await stage.deposit(organisme.of, loud);
    expect((await stage.check(id)).statut).toBe('correctionsDemandees');
    const { controles } = await stage.db.asWorker((sql) =>
      sql.selectFrom('soumission').select('controles').where('id', '=', id).executeTakeFirstOrThrow(),
    );
    expect(controles).toMatchObject({ blocking: 1, twoPeople: [RULE] });
    expect((await moderatrice.call('get', `/soumissions/${id}`)).body.controles.twoPeople).toEqual([RULE]);
    const freed = await admin.call('post', '/regles/essai', { regle: RULE, severity: allWarn });
    expect(freed.body.freed.map((hit: { soumission: string }) => hit.soumission)).toContain(id);
  });
});

describe('the journal over HTTP', () => {
  const search = (filter: object) => `?filter=${encodeURIComponent(JSON.stringify(filter))}`;

  it('is searched by moderators, as a list and as a spreadsheet, never by an OF', async () => {
    const { status, body, headers } = await moderatrice.call('get', `/journal${search({ act: 'approve' })}`);
    expect([status, body.length]).toEqual([200, Number(headers['content-range']?.split('/')[1])]);
    expect(body[0]).toMatchObject({ act: 'approve', to: 'validee', nom: expect.any(String) });
    const csv = await moderatrice.call('get', `/journal.csv${search({ act: 'approve' })}`);
    expect(csv.text.split('\r\n')).toHaveLength(body.length + 2);
    expect((await of1.call('get', '/journal')).status).toBe(403);
  });

  it('refuses a filter that it does not know', async () => {
    expect((await moderatrice.call('get', `/journal${search({ nom: 'x' })}`)).body.code).toBe('champ-inconnu');
    const since = search({ from: new Date(Date.now() + 3_600_000).toISOString() });
    expect((await moderatrice.call('get', `/journal${since}`)).body).toEqual([]);
  });
});
