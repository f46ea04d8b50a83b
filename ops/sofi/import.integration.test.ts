import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Command } from 'commander';
import express, { Router } from 'express';
import { pino } from 'pino';
import { mountEndpoints } from '../../api/endpoint.ts';
import { importsEndpoints } from '../../api/imports.router.ts';
import { errorBorder } from '../../api/problems.ts';
import { readApiSettings } from '../../api/settings.ts';
import { type Database, openDatabase, type Viewer } from '../../db/connect.ts';
import { finishImport } from '../../db/imports/import-rows.ts';
import { runImport } from '../../db/imports/run-import.ts';
import { aPerson } from '../../db/imports/sample-file.ts';
import { aLheoFile, aReceived } from '../../domain/lheo/fiche/sample-lheo.ts';
import { SofiError } from '../../domain/model/errors.ts';
import type { InstantMs } from '../../domain/model/ids.ts';
import { PAYS_DE_LA_LOIRE } from '../../domain/model/region.ts';
import { writeRunFile } from '../start/run-file.ts';
import { createTestDatabase, type TestDatabase } from '../test/database.ts';
import { register } from './import.ts';
import { endOf } from './verb-end.ts';

const SECRET = 's'.repeat(32);
let test: TestDatabase;
let db: Database;
let folder: string;
let server: Server;

/** Does what the workers do with what the API handed over. */
async function work(): Promise<void> {
  const rows = await db.asWorker((sql) =>
    sql.selectFrom('import').select('id').where('state', '=', 'running').execute(),
  );
  for (const { id } of rows) {
    await runImport(db, id, { region: PAYS_DE_LA_LOIRE, now: () => Date.now() as InstantMs });
    await db.asWorker((sql) => finishImport(sql, id));
  }
}

beforeAll(async () => {
  test = await createTestDatabase();
  db = await openDatabase({ url: test.url, poolMax: 4 });
  folder = await mkdtemp(join(tmpdir(), 'sofi-import-verb-'));
  const administrator: Viewer = await aPerson(db, 'administrateur');
  const deps = {
    db,
    temporal: async () => {
      void work();
      throw new SofiError('temporal-absent');
    },
    settings: readApiSettings({ DATABASE_URL: test.url, SOFI_DATA: folder, SOFI_DEMO: '1' }),
    region: PAYS_DE_LA_LOIRE,
    log: pino({ level: 'silent' }),
  };
  server = express()
    .use((req, _res, next) => {
      req.viewer = req.get('Authorization') === `Bearer ${SECRET}` ? administrator : null;
      req.langue = 'fr';
      next();
    })
    .use('/api/v1', mountEndpoints(Router(), deps, importsEndpoints))
    .use(errorBorder)
    .listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  await writeRunFile(folder, {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    addresses: {},
    databaseUrl: test.url,
    temporalAddress: '',
    temporalNamespace: 'default',
    operatorSecret: SECRET,
    embedded: { postgres: true, temporal: true },
    processes: [],
  });
  process.env.SOFI_DATA = folder;
});
afterAll(async () => {
  delete process.env.SOFI_DATA;
  server.close();
  await db.close();
  await test.drop();
  await rm(folder, { recursive: true, force: true });
});

/** Runs the verb; gives what it printed and the exit code it ends with. */
async function importing(name: string, content: string | Buffer, ...options: string[]) {
  const file = join(folder, name);
  await writeFile(file, content);
  const printed = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    const program = new Command().exitOverride();
    register(program);
    const end = await program.parseAsync(['import', file, ...options], { from: 'user' }).then(
      () => ({ exitCode: 0, message: '' }),
      (error: unknown) => endOf(error),
    );
    return { ...end, out: printed.mock.calls.map(([text]) => String(text)).join('') };
  } finally {
    printed.mockRestore();
  }
}

describe('sofi import', () => {
  it('hands a file over, waits and prints what a person reads', async () => {
    const { exitCode, out } = await importing(
      'offre.xml',
      aLheoFile([aReceived(1), { ...aReceived(2), numero: 'a|b' }]),
      '--wait',
    );
    expect(exitCode).toBe(0);
    expect(out).toContain('2 formations lues : 1 nouvelles, 0 changées, 0 inchangées, 1 refusées');
    expect(out).toMatch(/ligne \d+, a\|b, .*Le numéro contient un caractère interdit/);
  });

  it('gives the whole report as JSON, of a dry run too', async () => {
    const { out } = await importing(
      'offre.xml.gz',
      gzipSync(aLheoFile([aReceived(3)])),
      '--dry-run',
      '--wait',
      '--json',
      '--source',
      'reprise',
    );
    expect(JSON.parse(out)).toMatchObject({
      source: 'reprise',
      dryRun: true,
      nom: 'offre.xml.gz',
      state: 'done',
      created: 1,
    });
  });

  it('ends with 1 and the reason when the file is refused', async () => {
    const { exitCode, message } = await importing('cut.xml', aLheoFile([aReceived(1)]).slice(0, -30));
    expect([exitCode, message]).toEqual([1, expect.stringContaining('tronqué')]);
  });

  it('ends with 2 when there is no such file', async () => {
    const program = new Command().exitOverride();
    register(program);
    const ended = program.parseAsync(['import', join(folder, 'absent.xml')], { from: 'user' });
    await expect(ended.catch((error: unknown) => endOf(error).exitCode)).resolves.toBe(2);
  });
});
