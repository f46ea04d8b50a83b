import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MockActivityEnvironment } from '@temporalio/testing';
import { pino } from 'pino';
import { type Database, openDatabase } from '../../db/connect.ts';
import { runImport } from '../../db/imports/run-import.ts';
import { aPerson, storeFile } from '../../db/imports/sample-file.ts';
import { aLheoFile, aReceived } from '../../domain/lheo/fiche/sample-lheo.ts';
import { sampleSiret } from '../../domain/model/builders.ts';
import type { InstantMs } from '../../domain/model/ids.ts';
import { PAYS_DE_LA_LOIRE } from '../../domain/model/region.ts';
import { createTestDatabase, type TestDatabase } from '../../ops/test/database.ts';
import { readWorkerSettings } from '../settings.ts';
import { referenceImportActivities } from './reference-import.ts';

let test: TestDatabase;
let db: Database;
let data: string;

beforeEach(async () => {
  test = await createTestDatabase();
  db = await openDatabase({ url: test.url, poolMax: 4 });
  data = await mkdtemp(join(tmpdir(), 'sofi-reference-'));
  await mkdir(join(data, 'referentiels'));
});
afterEach(async () => {
  await db.close();
  await test.drop();
  await rm(data, { recursive: true });
});

const put = (nom: string, lines: readonly string[], complete?: boolean) =>
  Promise.all([
    writeFile(join(data, 'referentiels', nom), `\ufeff${lines.join('\r\n')}\r\n`),
    ...(complete === undefined
      ? []
      : [writeFile(join(data, 'referentiels', `${nom}.meta.json`), JSON.stringify({ complete }))]),
  ]);

const HEADER =
  '"Id_Fiche";"Numero_Fiche";"Intitule";"Nomenclature_Europe_Niveau";"Date_Decision";"Date_Fin_Enregistrement";"Date_Effet";"Type_Enregistrement";"Actif"';
const fiche = (n: number, actif = 'ACTIVE', fin = '31/08/2029') =>
  `"${n}";"RNCP${n}";"Titre de l'ébéniste ""${n}""";"NIV3";"";"${fin}";"01/09/2023";"Enregistrement de droit";"${actif}"`;
const STANDARD = 'export_fiches_CSV_Standard_2026_11_20.csv';
const standard = (complete?: boolean, rows: readonly string[] = [fiche(37535), fiche(509, 'INACTIVE', '31/08/2023')]) =>
  put(STANDARD, [HEADER, ...rows], complete);
const partenaires = () =>
  put(
    'export_fiches_CSV_Partenaires_2026_11_20.csv',
    [
      '"Numero_Fiche";"Nom_Partenaire";"Siret_Partenaire";"Habilitation_Partenaire"',
      `"RNCP37535";"ATELIERS";"\t${sampleSiret(1)}";"HABILITATION_ORGA_FORM"`,
    ],
    true,
  );
const organismes = () =>
  put(
    'liste-publique.csv',
    [
      'numeroDeclarationActivite;denomination;siren;siretEtablissementDeclarant;certifications.actionsDeFormation;certifications.VAE',
      `52440000001;ATELIERS DE LA LOIRE;${sampleSiret(1).slice(0, 9)};${sampleSiret(1)};true;false`,
    ],
    true,
  );

const activities = (env: Readonly<Record<string, string>> = {}) =>
  referenceImportActivities({
    db,
    settings: readWorkerSettings({ DATABASE_URL: test.url, SOFI_DATA: data, ...env }),
    log: pino({ level: 'silent' }),
  });
const imported = (env?: Readonly<Record<string, string>>) => {
  const environment = new MockActivityEnvironment();
  return environment.run(() => activities(env).importReferences());
};
const remarked = () => new MockActivityEnvironment().run(() => activities().remarkCpf());

const table = (nom = 'france-competences-standard') =>
  db.asWorker((sql) => sql.selectFrom('referentiel').selectAll().where('nom', '=', nom).executeTakeFirst());
const certifications = () =>
  db.asWorker((sql) => sql.selectFrom('certification').selectAll().orderBy('numero_fiche').execute());

describe('a file of the State', () => {
  it('is recognised by its header and laid in its table, its version the day in its name', async () => {
    await standard(true);
    await put('notes.csv', ['a;b', '1;2']);
    expect(await imported()).toEqual(['france-competences-standard']);
    expect(await table()).toMatchObject({
      state: 'complete',
      lignes: 2,
      version: expect.stringMatching(/^2026-11-20 \(/),
    });
    expect(await certifications()).toEqual([
      expect.objectContaining({
        numero_fiche: 'RNCP37535',
        actif: true,
        debut_enregistrement: '2023-09-01',
        fin_enregistrement: '2029-08-31',
      }),
      expect.objectContaining({ numero_fiche: 'RNCP509', actif: false, intitule: 'Titre de l\'ébéniste "509"' }),
    ]);
  });

  it('is not read again while its bytes are the same', async () => {
    await standard(true);
    await imported();
    expect(await imported()).toEqual([]);
  });

  it.each([
    ['of a few lines, with no word about it, is partial', undefined, {}, 'partial'],
    ['whose companion says so is whole', true, {}, 'complete'],
    ['whose companion denies it is partial', false, { SOFI_REF_MIN_ROWS: '1' }, 'partial'],
    ['with as many rows as the operator asks is whole', undefined, { SOFI_REF_MIN_ROWS: '2' }, 'complete'],
  ] as const)('%s', async (_, said, env, state) => {
    await standard(said);
    await imported(env);
    expect(await table()).toMatchObject({ state });
  });

  it('adds, changes and removes rows of the table that it renews', async () => {
    const many = Array.from({ length: 40 }, (_, k) => fiche(k + 1));
    await standard(true, many);
    await imported();
    await standard(true, [...many.slice(1, 39), fiche(40, 'INACTIVE'), fiche(41)]);
    expect(await imported()).toEqual(['france-competences-standard']);
    const codes = await certifications();
    expect(codes).toHaveLength(40);
    expect(codes.find((row) => row.numero_fiche === 'RNCP1')).toBeUndefined();
    expect(codes.find((row) => row.numero_fiche === 'RNCP40')).toMatchObject({ actif: false });
  });
});

describe('a file that looks damaged', () => {
  const many = Array.from({ length: 200 }, (_, k) => fiche(k + 1));
  const damages: readonly (readonly [string, readonly string[]])[] = [
    ['has lost one row in ten', many.slice(0, 180)],
    ['changes one row in five', many.map((row, k) => (k % 5 === 0 ? fiche(k + 1, 'INACTIVE') : row))],
    ['has two rows in a hundred that cannot be read', [...many, '"";"RNCPX"', '"";"?"', '"";""', '"";"12"']],
  ];

  it.each(damages)('and %s leaves the last good rows, and an alert', async (_, rows) => {
    await standard(true, many);
    await imported();
    const good = await certifications();
    await standard(true, rows);
    expect(await imported()).toEqual([]);
    expect(await certifications()).toEqual(good);
    expect(await table()).toMatchObject({
      state: 'complete',
      lignes: 200,
      alerte: expect.stringContaining('quarantaine'),
    });
  });

  it('is in quarantine when nothing good came before', async () => {
    await standard(true, ['"";"?"', fiche(1)]);
    await imported();
    expect(await table()).toMatchObject({ state: 'quarantine' });
    expect(await certifications()).toEqual([]);
  });
});

describe('the CPF marking of accepted sessions', () => {
  const answers = () =>
    db.asWorker((sql) => sql.selectFrom('cpf_marking').select(['answer', 'code']).orderBy('session_id').execute());

  it('is redone when the three tables come, and not again while they stand', async () => {
    const id = await storeFile(db, await aPerson(db, 'administrateur'), aLheoFile([aReceived(1)]), {
      source: 'reprise',
    });
    await runImport(db, id, { region: PAYS_DE_LA_LOIRE, now: () => Date.UTC(2026, 10, 24, 9) as InstantMs });
    expect(await answers()).toMatchObject([{ answer: 'nonVerifie' }]);
    await Promise.all([standard(true), partenaires(), organismes()]);
    await imported();
    expect(await remarked()).toBe(1);
    expect(await answers()).toMatchObject([{ answer: 'oui', code: 'RNCP37535' }]);
    expect(await remarked()).toBe(0);
  });
});
