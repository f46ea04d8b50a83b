import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { acceptSample } from '../db/publication/sample-offre.ts';
import { anOrganisme } from '../domain/model/builders.ts';
import type { ParisDay } from '../domain/model/ids.ts';
import { type Person, startTestApi, type TestApi } from '../ops/test/api-server.ts';

const DAY = '2026-11-24' as ParisDay;
const { id } = anOrganisme();

let api: TestApi;
let of1: Person;
const accept = () => api.db.asWorker((tx) => acceptSample(tx, anOrganisme(), { day: DAY }));

beforeAll(async () => {
  api = await startTestApi();
  of1 = await api.login('of1@demo.sofi');
  await accept();
});
afterAll(() => api.stop());

describe('a read', () => {
  it.each(['/organismes', '/organismes.csv', `/organismes/${id}`])(
    'of %s is sent again only when it changed',
    async (path) => {
      const first = await of1.call('get', path);
      const tag = first.headers.etag ?? '';
      expect([first.status, tag]).toEqual([200, expect.stringMatching(/^W\/"/)]);
      expect(first.headers['cache-control']).toBe('private, no-cache');
      const same = await of1.call('get', path, undefined, { 'If-None-Match': tag });
      expect([same.status, same.headers.etag, same.text]).toEqual([304, tag, '']);
      await accept();
      const changed = await of1.call('get', path, undefined, { 'If-None-Match': tag });
      expect(changed.status).toBe(200);
      expect(changed.headers.etag).not.toBe(tag);
    },
  );

  it('of a draft keeps the number of its save, and nobody keeps the rest', async () => {
    const document = { ...anOrganisme(), id: randomUUID(), sites: [] };
    const made = await of1.call('post', '/brouillons', { document });
    const read = await of1.call('get', `/brouillons/${made.body.id}`);
    expect([read.headers.etag, read.headers['cache-control']]).toEqual(['"1"', 'no-store']);
  });
});
