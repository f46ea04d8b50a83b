import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Command } from 'commander';
import express, { type RequestHandler } from 'express';
import { sql } from 'kysely';
import { pino } from 'pino';
import { openFeeds } from '../../api/feeds/feeds.router.ts';
import { errorBorder } from '../../api/problems.ts';
import { identifyRequest } from '../../api/request.ts';
import { readApiSettings } from '../../api/settings.ts';
import { type Database, openDatabase } from '../../db/connect.ts';
import { acceptSample } from '../../db/publication/sample-offre.ts';
import { aFormation, anAction, anOrganisme } from '../../domain/model/builders.ts';
import type { ParisDay } from '../../domain/model/ids.ts';
import { releaseOn } from '../../workers/activities/sample-release.ts';
import { writeRunFile } from '../start/run-file.ts';
import { createTestDatabase, type TestDatabase } from '../test/database.ts';
import { register } from './feed.ts';

const DAY = '2026-11-24' as ParisDay;
let test: TestDatabase;
let db: Database;
let folder: string;
let server: Server;
let close: () => void;
/** As an API that starts. */
let reopen: () => void;

beforeAll(async () => {
  test = await createTestDatabase();
  db = await openDatabase({ url: test.url, poolMax: 4 });
  folder = await mkdtemp(join(tmpdir(), 'sofi-verify-'));
  const settings = readApiSettings({ DATABASE_URL: test.url, SOFI_DATA: folder, SOFI_DEMO: '1' });
  const feeds = openFeeds({ db, settings, log: pino({ level: 'silent' }) });
  close = feeds.close;
  let router = feeds.router;
  reopen = () => {
    close();
    const anew = openFeeds({ db, settings, log: pino({ level: 'silent' }) });
    ({ close, router } = anew);
  };
  const served: RequestHandler = (req, res, next) => router(req, res, next);
  server = express().use(identifyRequest).use('/flux', served).use(errorBorder).listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  await writeRunFile(folder, {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    addresses: {},
    databaseUrl: test.url,
    temporalAddress: '',
    temporalNamespace: 'default',
    operatorSecret: 'x'.repeat(32),
    embedded: { postgres: true, temporal: true },
    processes: [],
  });
  process.env.SOFI_DATA = folder;
});
afterAll(async () => {
  delete process.env.SOFI_DATA;
  close();
  server.close();
  await db.close();
  await test.drop();
  await rm(folder, { recursive: true, force: true });
});

async function verify(): Promise<string> {
  const said = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    const program = new Command().exitOverride();
    register(program);
    await program.parseAsync(['feed', 'verify', '--json'], { from: 'user' });
    return String(said.mock.calls.at(-1)?.[0]);
  } finally {
    said.mockRestore();
  }
}

describe('sofi feed verify', () => {
  it('says that nothing is published yet', async () => {
    await expect(verify()).rejects.toThrow("Rien n'est encore publié");
  });

  it('finds the served bytes and counts equal to the manifest, as they are and in gzip', async () => {
    await db.asWorker(async (tx) => {
      await acceptSample(tx, anOrganisme(), { day: DAY });
      await acceptSample(tx, aFormation({ numero: '21_1', actions: [anAction()] }), { day: DAY });
    });
    await releaseOn(db, DAY);
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(JSON.parse(await verify())).toEqual({
      release: 1,
      counts: { formations: 1, actions: 1, sessions: 1, organismes: 1 },
      faults: [],
    });
  });

  it('refuses a manifest that counts otherwise than the file', async () => {
    await db.asWorker((tx) =>
      sql`update release set manifest = jsonb_set(manifest, '{counts,sessions}', '9')`.execute(tx),
    );
    reopen();
    await new Promise((resolve) => setTimeout(resolve, 500));
    // The signature, and the sessions of both versions of LHÉO, each as it is and in gzip.
    await expect(verify()).rejects.toThrow('5 écart(s)');
  });
});
