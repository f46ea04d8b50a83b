import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import express, { type Express, Router } from 'express';
import { pino } from 'pino';
import request from 'supertest';
import { type Database, openDatabase, type Viewer } from '../db/connect.ts';
import { finishImport } from '../db/imports/import-rows.ts';
import { runImport } from '../db/imports/run-import.ts';
import { aPerson } from '../db/imports/sample-file.ts';
import { aLheoFile, aReceived } from '../domain/lheo/fiche/sample-lheo.ts';
import { SofiError } from '../domain/model/errors.ts';
import type { InstantMs } from '../domain/model/ids.ts';
import { PAYS_DE_LA_LOIRE } from '../domain/model/region.ts';
import { createTestDatabase, type TestDatabase } from '../ops/test/database.ts';
import type { ApiDeps } from './deps.ts';
import { mountEndpoints } from './endpoint.ts';
import { importsEndpoints } from './imports.router.ts';
import { errorBorder } from './problems.ts';
import { readApiSettings } from './settings.ts';

/** Of this process's own time, whatever else the machine does. */
const SOON_MS = 2_500;

let test: TestDatabase;
let db: Database;
let app: Express;
let viewer: Viewer;

const FILE = aLheoFile([aReceived(1), aReceived(2)]);

beforeEach(async () => {
  test = await createTestDatabase();
  db = await openDatabase({ url: test.url, poolMax: 4 });
  viewer = await aPerson(db, 'moderateur');
  const deps: ApiDeps = {
    db,
    temporal: () => Promise.reject(new SofiError('temporal-absent')),
    settings: readApiSettings({ DATABASE_URL: test.url, SOFI_DEMO: '1' }),
    region: PAYS_DE_LA_LOIRE,
    log: pino({ level: 'silent' }),
  };
  app = express()
    .use((req, _res, next) => {
      req.viewer = viewer;
      req.langue = req.acceptsLanguages(['fr', 'en']) === 'en' ? 'en' : 'fr';
      next();
    })
    .use(mountEndpoints(Router(), deps, importsEndpoints))
    .use(errorBorder);
});
afterEach(async () => {
  await db.close();
  await test.drop();
});

const post = (body: string | Buffer, query = '') =>
  request(app)
    .post(`/imports${query}`)
    .set('Content-Type', 'application/xml')
    .buffer(true)
    .serialize((sent: unknown) => sent as string)
    .send(body);

const leftBehind = () =>
  db.asWorker(async (sql) => {
    const imports = await sql.selectFrom('import').select('id').execute();
    const tasks = await sql.selectFrom('outbox').select('kind').execute();
    return [...imports, ...tasks];
  });

describe('sending a file', () => {
  it('answers 202 after the last byte, with where its report is, Temporal away or not', async () => {
    const answer = await post(FILE);
    expect(answer.status).toBe(202);
    expect(answer.headers.location).toBe(`/api/v1/imports/${answer.body.id}`);
    expect(answer.body).toMatchObject({ state: 'running', source: 'intercarif', mode: 'partiel', dryRun: false });
    expect(await leftBehind()).toEqual([{ id: answer.body.id }, { kind: 'import' }]);
  });

  it.each([
    ['gzip', () => gzipSync(FILE), 'application/gzip'],
    [
      'Windows-1252 as its declaration says',
      () => Buffer.from(FILE.replace('UTF-8', 'windows-1252'), 'latin1'),
      'text/xml',
    ],
  ])('takes %s', async (_, body, type) => {
    const answer = await post(body()).set('Content-Type', type);
    expect(answer.status).toBe(202);
  });

  it('takes the first file of a form, and its name', async () => {
    const answer = await request(app).post('/imports').attach('fichier', Buffer.from(FILE), '../offre 2026.xml');
    expect(answer.status).toBe(202);
    expect(answer.body.nom).toBe('offre 2026.xml');
  });

  it('stores a file of many pieces whole, and reads it back', async () => {
    const file = aLheoFile(Array.from({ length: 2_200 }, (_, k) => aReceived(k + 1)));
    const { body, status } = await post(gzipSync(file, { level: 1 }));
    expect(status).toBe(202);
    const pieces = await db.asWorker((sql) =>
      sql.selectFrom('import_octets').select('bytes').where('import_id', '=', body.id).orderBy('rang').execute(),
    );
    expect(Buffer.concat(pieces.map(({ bytes }) => bytes)).toString()).toBe(file);
    expect(pieces.length).toBeGreaterThan(8);
  });
});

const bomb = `<?xml version="1.0"?><!DOCTYPE lheo [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>${FILE.slice(FILE.indexOf('<lheo'))}`;
const external = `<?xml version="1.0"?><!DOCTYPE lheo SYSTEM "file:///etc/passwd">${FILE.slice(FILE.indexOf('<lheo'))}`;
const padded = aLheoFile(Array.from({ length: 1_400 }, (_, k) => aReceived(k + 1)));

describe('a bad file', () => {
  const cases: readonly (readonly [string, string | Buffer, number, string])[] = [
    ['of 0 bytes', '', 422, 'fichier-vide'],
    ['that is not XML', '{"lheo": []}', 415, 'format-inconnu'],
    ['that is a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0, 1, 2, 3]), 400, 'encodage'],
    ['of another format', '<?xml version="1.0"?><html><body/></html>', 415, 'format-inconnu'],
    ['without any formation', '<lheo xmlns="http://lheo.gouv.fr/2.3"><offres/></lheo>', 422, 'fichier-vide'],
    ['that is truncated', FILE.slice(0, FILE.length - 200), 422, 'fichier-tronque'],
    ['that is truncated gzip', gzipSync(FILE).subarray(0, 400), 422, 'fichier-tronque'],
    [
      'that is broken gzip',
      Buffer.concat([gzipSync(FILE).subarray(0, -8), Buffer.alloc(8, 7)]),
      422,
      'archive-invalide',
    ],
    ['with a tag that is not closed', FILE.replace('</intitule-formation>', ''), 422, 'xml-mal-forme'],
    ['in an encoding it does not declare', Buffer.from(FILE, 'latin1'), 400, 'encodage'],
    ['with a NUL', FILE.replace('CAP', 'C\u0000AP'), 422, 'xml-mal-forme'],
    ['that declares entities', bomb, 422, 'entites-interdites'],
    ['that calls an outer entity', external, 422, 'entites-interdites'],
    [
      'that inflates 200 times',
      gzipSync(`<!--${' '.repeat(30_000_000)}-->${FILE}`, { level: 9 }),
      422,
      'archive-invalide',
    ],
    ['of 5 MB, broken at its very end', padded.slice(0, -9), 422, 'fichier-tronque'],
  ];

  it.each(cases)('%s is refused soon and leaves nothing', async (_, body, status, code) => {
    const before = process.cpuUsage();
    const answer = await post(body);
    const { user, system } = process.cpuUsage(before);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.body.mend).toEqual(expect.stringMatching(/.{10}/));
    expect(await leftBehind()).toEqual([]);
    if (Buffer.byteLength(body) <= 10_000_000) expect((user + system) / 1_000).toBeLessThan(SOON_MS);
  });

  it('is told the line where it breaks', async () => {
    const answer = await post(FILE.replace('</intitule-formation>', ''));
    expect(answer.body.line).toBeGreaterThan(1);
  });
});

describe('who may import', () => {
  it('is not nobody', async () => {
    const mine = viewer;
    viewer = null as never;
    expect((await post(FILE)).status).toBe(401);
    viewer = mine;
  });

  it.each([
    ['moderateur', '?source=fichier', 422, 'source-inconnue'],
    ['moderateur', '?source=inconnue', 422, 'source-inconnue'],
    ['moderateur', '?source=__proto__', 422, 'source-inconnue'],
    ['moderateur', '?autre=1', 400, 'champ-inconnu'],
    ['moderateur', '?source=intercarif&mode=complet', 422, 'mode-interdit'],
    ['of', '?source=reprise', 403, 'interdit'],
    ['consommateur', '', 403, 'interdit'],
  ] as const)('%s with "%s" is refused %d', async (role, query, status, code) => {
    viewer = await aPerson(db, role);
    const answer = await post(FILE, query);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('sees its own imports when it is an OF, all of them when it is the Cariforef', async () => {
    const { body } = await post(FILE);
    viewer = await aPerson(db, 'of', [crypto.randomUUID()]);
    expect((await request(app).get(`/imports/${body.id}`)).status).toBe(404);
    expect((await request(app).get('/imports')).body).toEqual([]);
    const own = await post(FILE);
    expect(own.body.source).toBe('fichier');
    expect((await request(app).get('/imports')).headers['content-range']).toBe('imports 0-0/1');
    viewer = await aPerson(db, 'moderateur');
    expect((await request(app).get('/imports')).headers['content-range']).toBe('imports 0-1/2');
  });
});

describe('the report', () => {
  it('says once of a formation what no table could verify, and counts no remark for it', async () => {
    const { body } = await post(aLheoFile([aReceived(1)]));
    await runImport(db, body.id, { region: PAYS_DE_LA_LOIRE, now: () => Date.now() as InstantMs });
    await db.asWorker((sql) => finishImport(sql, body.id));
    const { body: report } = await request(app).get(`/imports/${body.id}`);
    const unsure = report.remarques.filter(({ kind }: { kind: string }) => kind === 'nonVerifie');
    expect(unsure.length).toBeGreaterThan(0);
    expect(new Set(unsure.map(({ code }: { code: string }) => code)).size).toBe(unsure.length);
    for (const { message, line } of unsure) {
      expect(message).toMatch(/^Non vérifié : /);
      expect(line).toBeGreaterThan(1);
    }
    expect([report.warned, report.remarques.length]).toEqual([0, unsure.length]);
  });

  it('words each refusal in the language asked', async () => {
    const { body } = await post(aLheoFile([aReceived(1), { ...aReceived(2), numero: 'a|b' }]));
    await runImport(db, body.id, { region: PAYS_DE_LA_LOIRE, now: () => Date.now() as InstantMs });
    await db.asWorker((sql) => finishImport(sql, body.id));
    const fr = await request(app).get(`/imports/${body.id}`);
    expect(fr.body).toMatchObject({ state: 'done', read: 2, created: 1 });
    expect(fr.body.refused).toEqual([
      expect.objectContaining({ numero: 'a|b', code: 'numero-invalide', message: expect.stringContaining('interdit') }),
    ]);
    const en = await request(app).get(`/imports/${body.id}`).set('Accept-Language', 'en');
    expect(en.body.refused[0].message).toContain('forbidden');
  });
});
