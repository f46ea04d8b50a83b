import { createHash, createPublicKey, verify } from 'node:crypto';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { pino } from 'pino';
import type { Manifest } from '../../db/publication/manifest.ts';
import { acceptSample } from '../../db/publication/sample-offre.ts';
import { createSchema, type LheoSchema } from '../../domain/lheo/schema.ts';
import { anOrganisme } from '../../domain/model/builders.ts';
import { addDays } from '../../domain/model/calendar.ts';
import type { FormationDocument } from '../../domain/model/documents.ts';
import type { ParisDay } from '../../domain/model/ids.ts';
import { canonicalJson } from '../../domain/model/json.ts';
import { instantOf } from '../../domain/model/paris-time.ts';
import { startTestApi, type TestApi } from '../../ops/test/api-server.ts';
import { erasePersons } from '../../workers/activities/publication-erase.ts';
import { releaseOn } from '../../workers/activities/sample-release.ts';
import { sampleFormation } from '../../workers/activities/sample-set.ts';

const FULL = '/flux/lheo-2.3.xml';
const MB = 1 << 20;
let day = '2026-11-24' as ParisDay;
let api: TestApi;
let schema: LheoSchema;
const logged: { msg?: string; req?: { path?: string }; res?: { status?: number } }[] = [];

beforeAll(async () => {
  const log = pino({ level: 'info' }, { write: (line: string) => void logged.push(JSON.parse(line)) });
  api = await startTestApi(undefined, { log, now: () => instantOf(day, 12) });
  schema = createSchema('2.3');
  await api.db.asWorker((tx) => acceptSample(tx, anOrganisme(), { day }));
});
afterAll(async () => {
  schema[Symbol.dispose]();
  await api.stop();
});

const accept = (document: FormationDocument, retrait = false) =>
  api.db.asWorker((tx) => acceptSample(tx, document, { day, retrait }));
const text = async (path: string) => (await fetch(api.url + path)).text();
const manifest = async () => JSON.parse(await text('/flux/manifest.json')) as Manifest;

/** The next day's release, once the API serves it. */
async function release(): Promise<number> {
  day = addDays(day, 1);
  const n = await releaseOn(api.db, day);
  while ((await manifest()).release !== n) await sleep(50);
  return n;
}

/** What a consumer that knows nothing but lines takes of a file: each formation by its numero. */
function formationsIn(xml: string): Map<string, string> {
  const found = xml.match(/^<formation [\s\S]*?^<\/formation>$/gm) ?? [];
  return new Map(found.map((one) => [/numero="([^"]+)"/.exec(one)?.[1] ?? '', one]));
}

describe('a consumer', () => {
  it('builds each full file from an earlier one and the delta, over HTTP alone', async () => {
    await accept(sampleFormation(1));
    await accept(sampleFormation(2));
    const releases = [{ n: await release(), xml: await text(FULL) }];
    const days: (() => Promise<unknown>)[] = [
      () => accept(sampleFormation(1, { titre: 'Ébénisterie' })),
      () => accept(sampleFormation(3)),
      () => accept(sampleFormation(2), true),
      () => Promise.all([accept(sampleFormation(2, { titre: 'Reliure' })), accept(sampleFormation(3), true)]),
    ];
    for (const act of days) {
      await act();
      releases.push({ n: await release(), xml: await text(FULL) });
    }
    const last = releases.at(-1);
    for (const { n, xml } of releases.slice(0, -1)) {
      const held = formationsIn(xml);
      const delta = JSON.parse(await text(`/flux/delta.json?since=${n}`)) as {
        changed: { numero: string; returned?: true }[];
        deleted: { numero: string; reason: string }[];
      };
      const answer = await fetch(`${api.url}/flux/delta.xml?since=${n}`);
      const changes = await answer.text();
      if (delta.changed.length === 0) expect(answer.status).toBe(204);
      else expect(schema.validate(changes)).toEqual([]);
      expect(answer.headers.get('x-sofi-deleted')).toBe(String(delta.deleted.length));
      expect([...formationsIn(changes).keys()]).toEqual(delta.changed.map(({ numero }) => numero));
      for (const { numero, reason } of answer.status === 204 ? [] : delta.deleted)
        expect(changes).toContain(
          `<extras numero="${numero}" info="suppression"><extra info="reason">${reason}</extra>`,
        );
      for (const { numero } of delta.deleted) held.delete(numero);
      for (const [numero, one] of formationsIn(changes)) held.set(numero, one);
      expect(Object.fromEntries(held)).toEqual(Object.fromEntries(formationsIn(last?.xml ?? '')));
    }
  });

  it('is told of deletions alone by 204 and their count', async () => {
    const before = await release();
    await accept(sampleFormation(2), true);
    await release();
    const answer = await fetch(`${api.url}/flux/delta.xml?since=${before}`);
    expect([answer.status, answer.headers.get('x-sofi-deleted')]).toEqual([204, '1']);
  });

  it('proves the manifest with the key that is published', async () => {
    const { proof, ...unsigned } = await manifest();
    const key = createPublicKey(await text('/flux/cle-publique.pem'));
    const der = key.export({ type: 'spki', format: 'der' });
    expect(createHash('sha256').update(der).digest('hex')).toBe(proof.key);
    const value = Buffer.from(proof.value, 'base64');
    expect(verify(null, Buffer.from(canonicalJson(unsigned)), key, value)).toBe(true);
    const other = canonicalJson({ ...unsigned, day: '2000-01-01' });
    expect(verify(null, Buffer.from(other), key, value)).toBe(false);
  });

  it('is logged and counted though nothing else is done about it', async () => {
    const at = logged.length;
    const first = await fetch(api.url + FULL);
    await first.arrayBuffer();
    const etag = first.headers.get('etag') ?? '';
    expect((await fetch(api.url + FULL, { headers: { 'If-None-Match': etag } })).status).toBe(304);
    const mine = () => logged.slice(at).filter(({ req }) => req?.path === FULL);
    while (mine().length < 2) await sleep(20);
    expect(mine().map(({ res }) => res?.status)).toEqual([200, 304]);
    const figures = await text('/metrics');
    for (const status of [200, 304])
      expect(figures).toMatch(new RegExp(`sofi_http_request_seconds_count\\{[^}]*lheo-2\\.3[^}]*status="${status}"`));
  });

  it('in the middle of a download gets one whole file, whatever is released meanwhile', async () => {
    const long = (k: number) => {
      const base = sampleFormation(100 + k);
      const extra = { '#': `${k} `.repeat(MB / 2), '@': { info: 'texte' } };
      const extras = [{ '@': { info: 'long' }, contenu: [{ extra }] }];
      return { ...base, champs: { ...base.champs, extras } } as FormationDocument;
    };
    for (let k = 0; k < 12; k += 1) await accept(long(k));
    await release();
    const file = (await manifest()).files.find(({ name }) => name === 'lheo-2.3.xml');
    const [response] = (await once(get(api.url + FULL), 'response')) as [IncomingMessage];
    const hash = createHash('sha256');
    let received = 0;
    response.on('data', (piece: Buffer) => {
      hash.update(piece);
      received += piece.length;
    });
    await once(response, 'data');
    response.pause();
    for (let k = 4; k < 7; k += 1) {
      await accept(sampleFormation(k));
      await release();
    }
    expect(received).toBeLessThan(file?.size ?? 0);
    expect((await manifest()).files[0]?.sha256).not.toBe(file?.sha256);
    response.resume();
    await once(response, 'end');
    expect([received, hash.digest('hex')]).toEqual([file?.size, file?.sha256]);
  });

  it('is told 410 of a file that named a removed person, and of a delta older than 90 days', async () => {
    const base = sampleFormation(9);
    const contact = {
      coordonnees: { ...base.champs['contact-formation']?.[0]?.coordonnees, courriel: 'zoe@of.example' },
    };
    await accept({ ...base, champs: { ...base.champs, 'contact-formation': [contact] } } as FormationDocument);
    const named = await release();
    expect(await text(`${FULL}?release=${named}`)).toContain('zoe@of.example');
    const admin = await api.login('admin@demo.sofi');
    const asked = await admin.call('post', '/personnes/retraits', {
      courriel: 'zoe@of.example',
      motif: 'À sa demande',
    });
    expect(asked.status).toBe(202);
    expect(await erasePersons(api.db, Date.now())).toBe(1);
    await releaseOn(api.db, day, { kind: 'emergency' });
    await release();
    expect(await text(FULL)).not.toContain('zoe@of.example');
    const gone = await fetch(`${api.url}${FULL}?release=${named}`);
    expect([gone.status, (await gone.json()).code]).toEqual([410, 'personne-retiree']);
    await api.db.asWorker((tx) =>
      sql`update release set switched_at = switched_at - interval '200 days' where n = ${named}`.execute(tx),
    );
    const old = await fetch(`${api.url}/flux/delta.json?since=${named}`);
    expect([old.status, (await old.json()).code]).toEqual([410, 'delta-trop-ancien']);
  });
});
