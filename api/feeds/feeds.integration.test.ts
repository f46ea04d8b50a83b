import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import express, { type Express } from 'express';
import { sql } from 'kysely';
import { pino } from 'pino';
import request, { type Response } from 'supertest';
import { type Database, openDatabase } from '../../db/connect.ts';
import type { Manifest } from '../../db/publication/manifest.ts';
import { acceptSample } from '../../db/publication/sample-offre.ts';
import {
  actionId,
  aFormation,
  anAction,
  anOrganisme,
  aSession,
  ficheId,
  sessionId,
} from '../../domain/model/builders.ts';
import type { ParisDay } from '../../domain/model/ids.ts';
import { instantOf } from '../../domain/model/paris-time.ts';
import { createTestDatabase, type TestDatabase } from '../../ops/test/database.ts';
import { releaseOn } from '../../workers/activities/sample-release.ts';
import { errorBorder } from '../problems.ts';
import { identifyRequest } from '../request.ts';
import { readApiSettings } from '../settings.ts';
import { openFeeds } from './feeds.router.ts';

const DAY = '2026-11-24' as ParisDay;
/** An API that was closed may still be writing a file. */
const REMOVED = { recursive: true, maxRetries: 30, retryDelay: 50 } as const;
const NEXT_DAY = '2026-11-25' as ParisDay;
const FULL = '/flux/lheo-2.3.xml';

let test: TestDatabase;
let db: Database;
let folder: string;
let app: Express;
let close: () => void;

function open(): void {
  const settings = readApiSettings({ DATABASE_URL: test.url, SOFI_DATA: folder, SOFI_DEMO: '1' });
  const feeds = openFeeds({ db, settings, log: pino({ level: 'silent' }), now: () => instantOf(NEXT_DAY, 12) });
  app = express().use(feeds.fast).use(identifyRequest).use('/flux', feeds.router).use(errorBorder);
  close = feeds.close;
}

const accept = (k: number, day: ParisDay) =>
  db.asWorker((tx) => {
    const session = aSession({ id: sessionId(k), numero: `21_S${k}` });
    const actions = [anAction({ id: actionId(k), numero: `21_A${k}`, sessions: [session] })];
    return acceptSample(tx, aFormation({ id: ficheId(100 + k), numero: `21_${k}`, actions }), { day });
  });

const bytesOf = (path: string, headers: Record<string, string> = { 'Accept-Encoding': 'identity' }) =>
  request(app)
    .get(path)
    .set(headers)
    .buffer(true)
    .parse((res, done) => {
      const pieces: Buffer[] = [];
      res.on('data', (piece: Buffer) => pieces.push(piece));
      res.on('end', () => done(null, Buffer.concat(pieces)));
    });
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const bytes = (response: Response) => response.body as Buffer;
const manifest = async () => (await request(app).get('/flux/manifest.json')).body as Manifest;

/** Asks again while the API prepares what it was not told of yet. */
async function until(release: number): Promise<void> {
  for (let i = 0; i < 100 && (await manifest()).release !== release; i += 1)
    await new Promise((r) => setTimeout(r, 100));
}

beforeAll(async () => {
  test = await createTestDatabase();
  db = await openDatabase({ url: test.url, poolMax: 6 });
  folder = await mkdtemp(join(tmpdir(), 'sofi-feeds-'));
  open();
});
afterAll(async () => {
  close();
  await db.close();
  await test.drop();
  await rm(folder, { recursive: true, force: true });
});

describe('the feeds', () => {
  it('are a 404 problem while nothing is published', async () => {
    const response = await request(app).get(FULL);
    expect(response.status).toBe(404);
    expect(response.type).toBe('application/problem+json');
    expect(JSON.parse(response.text)).toMatchObject({ code: 'pas-de-release' });
  });

  it('serve the newest release: the file that the manifest names, in strong ETags', async () => {
    await db.asWorker((tx) => acceptSample(tx, anOrganisme(), { day: DAY }));
    await accept(1, DAY);
    await accept(2, DAY);
    await releaseOn(db, DAY);
    await until(1);
    const { files, counts } = await manifest();
    expect(counts.formations).toBe(2);
    const response = await bytesOf(FULL);
    expect(sha256(bytes(response))).toBe(files[0]?.sha256);
    expect(bytes(response)).toHaveLength(files[0]?.size ?? 0);
    expect(response.headers).toMatchObject({
      etag: `"${files[0]?.sha256}"`,
      vary: 'Accept-Encoding',
      'last-modified': 'Tue, 24 Nov 2026 11:00:00 GMT',
      'cache-control': 'public, max-age=60, must-revalidate',
      'accept-ranges': 'bytes',
      'content-type': 'application/xml',
    });
  });

  it('give gzip to who takes it, under an ETag of its own', async () => {
    const response = await bytesOf(FULL, { 'Accept-Encoding': 'gzip, identity;q=0.5' });
    const [file] = (await manifest()).files;
    expect(response.headers).toMatchObject({ 'content-encoding': 'gzip', etag: `"${file?.sha256}-gzip"` });
  });

  it.each(['', '-gzip', '-br'])('answer 304 to the ETag with ending "%s"', async (ending) => {
    const [file] = (await manifest()).files;
    const response = await request(app).get(FULL).set('If-None-Match', `"other", "${file?.sha256}${ending}"`);
    expect(response.status).toBe(304);
    expect(response.text).toBe('');
  });

  it('answer HEAD with the size and nothing else', async () => {
    const response = await request(app).head(FULL).set('Accept-Encoding', 'identity');
    expect(response.status).toBe(200);
    expect(response.headers['content-length']).toBe(String((await manifest()).files[0]?.size));
  });

  it('answer ranges, and 416 beyond the end', async () => {
    const part = await bytesOf(FULL, { 'Accept-Encoding': 'identity', Range: 'bytes=0-4' });
    expect([part.status, bytes(part).toString()]).toEqual([206, '<?xml']);
    const beyond = await request(app).get(FULL).set({ 'Accept-Encoding': 'identity', Range: 'bytes=99999999-' });
    expect(beyond.status).toBe(416);
    expect(beyond.headers.etag).not.toContain((await manifest()).files[0]?.sha256);
    expect(JSON.parse(beyond.text)).toMatchObject({ code: 'plage-invalide' });
  });

  it.each(['post', 'put', 'delete'] as const)('refuse %s with 405 and Allow', async (method) => {
    const response = await request(app)[method](FULL);
    expect([response.status, response.headers.allow]).toEqual([405, 'GET, HEAD']);
  });

  it('serve an earlier release byte for byte, and the delta from it', async () => {
    const first = await bytesOf(FULL);
    await accept(3, NEXT_DAY);
    await releaseOn(db, NEXT_DAY);
    await until(2);
    expect(bytes(await bytesOf(FULL)).toString()).toContain('"21_3"');
    expect(bytes(await bytesOf(`${FULL}?release=1`))).toEqual(bytes(first));
    const delta = await request(app).get('/flux/delta.json?since=1');
    expect(delta.body).toEqual({ from: 1, to: 2, changed: [{ numero: '21_3' }], deleted: [] });
    expect(delta.headers).toMatchObject({ 'last-modified': 'Wed, 25 Nov 2026 11:00:00 GMT' });
    const again = request(app)
      .get('/flux/delta.json?since=1')
      .set('If-None-Match', delta.headers.etag ?? '');
    expect((await again).status).toBe(304);
    expect((await request(app).get('/flux/delta.json?since=2')).body).toMatchObject({ changed: [], deleted: [] });
  });

  it('say 404 to a release that never was, 400 to what is no number, 410 to a delta after 90 days', async () => {
    expect((await request(app).get(`${FULL}?release=99`)).status).toBe(404);
    expect((await request(app).get(`${FULL}?release=x`)).status).toBe(400);
    expect((await request(app).get('/flux/delta.json')).status).toBe(400);
    await db.asWorker((tx) => sql`update release set switched_at = '2020-01-01' where n = 1`.execute(tx));
    const old = await request(app).get('/flux/delta.json?since=1');
    expect(old.status).toBe(410);
    expect(JSON.parse(old.text)).toMatchObject({ complet: 'http://localhost:3000/flux/lheo-2.3.xml' });
  });

  it('make a file again that was deleted, cut or overwritten on disk', async () => {
    const { sha256: expected = '', size = 0 } = (await manifest()).files[0] ?? {};
    const path = join(folder, 'feeds', expected);
    for (const damage of [() => rm(path), () => truncate(path, 10), () => writeFile(path, 'x'.repeat(size))]) {
      await damage();
      expect(sha256(bytes(await bytesOf(FULL)))).toBe(expected);
    }
    await writeFile(`${path}.gz`, 'half');
    expect((await request(app).get(FULL).set('Accept-Encoding', 'gzip')).text).toContain('"21_1"');
    expect((await readdir(join(folder, 'feeds'))).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('are made to the same hash by an API that starts with an empty or a damaged disk', async () => {
    const [file] = (await manifest()).files;
    close();
    await rm(join(folder, 'feeds'), REMOVED);
    open();
    await until(2);
    expect(sha256(bytes(await bytesOf(FULL)))).toBe(file?.sha256);
    close();
    await writeFile(join(folder, 'feeds', file?.sha256 ?? ''), 'damaged while nobody looked');
    open();
    await until(2);
    expect(sha256(bytes(await bytesOf(FULL)))).toBe(file?.sha256);
    const gzip = await bytesOf(FULL, { 'Accept-Encoding': 'gzip' });
    const held = bytes(gzip).subarray(0, 2).toString('hex') === '1f8b' ? gunzipSync(bytes(gzip)) : bytes(gzip);
    expect(sha256(held)).toBe(file?.sha256);
  });

  it('stay on the release they hold whole when the bytes of the next one are not there, 503 when there is none', async () => {
    const { files } = await manifest();
    const unmade = JSON.stringify(files.map((file) => ({ ...file, sha256: sha256(Buffer.from(file.name)) })));
    // In one instant: an API that looks earlier finds no release, one that looks later finds no bytes for it.
    await db.asWorker((tx) =>
      sql`insert into release select (jsonb_populate_record(r, jsonb_build_object('n', 3, 'day', '2026-11-26',
        'manifest', r.manifest || jsonb_build_object('release', 3, 'files', ${unmade}::jsonb)))).*
        from release r where n = 2`.execute(tx),
    );
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect((await manifest()).release).toBe(2);
    // A consumer that took the third release elsewhere is to come back.
    const early = await request(app).get('/flux/delta.json?since=3');
    expect([early.status, early.headers['retry-after']]).toEqual([503, '2']);
    close();
    await rm(join(folder, 'feeds'), REMOVED);
    open();
    const response = await request(app).get(FULL);
    expect([response.status, response.headers['retry-after']]).toEqual([503, '2']);
  });
});
