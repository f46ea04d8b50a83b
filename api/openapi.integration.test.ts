import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { startTestApi, type TestApi } from '../ops/test/api-server.ts';
import { FILE_ENDPOINTS, JSON_ENDPOINTS } from './endpoints.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

/** A stream is no answer: it stands beside the calls, and is told with them. */
const STREAM = { method: 'get', path: '/events' } as const;
const endpoints = [...JSON_ENDPOINTS, ...FILE_ENDPOINTS, STREAM];

describe('the OpenAPI document', () => {
  it('tells every call, with its answers and refusals', async () => {
    const { body } = await request(api.url).get('/api/v1/openapi.json');
    const told = Object.entries(body.paths as Record<string, object>).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path}`),
    );
    expect(told.sort()).toEqual(endpoints.map(({ method, path }) => `${method} ${path}`).sort());
    const decide = body.paths['/soumissions/{id}/decisions'].post;
    expect(Object.keys(decide.responses).sort()).toEqual(['200', '400', '401', '403', '404', '409', '428']);
    expect(decide.parameters.map(({ name }: { name: string }) => name).sort()).toEqual(['Idempotency-Key', 'id']);
    expect(JSON.stringify(decide.requestBody)).toContain('requestChanges');
    const list = body.paths['/soumissions'].get;
    expect(list.parameters.map(({ name }: { name: string }) => name).sort()).toEqual(['filter', 'range', 'sort']);
  });

  it.each(endpoints.map(({ method, path }) => [method, path] as const))(
    'tells of a call that the port serves: %s %s',
    async (method, path) => {
      const answer = await request(api.url)[method](`/api/v1${path.replaceAll(/\{\w+\}/g, '0')}`);
      const isPublic = ['/cpf', '/promesse'].includes(path);
      // A call that exists asks first who calls; an address that does not ends at the last door.
      expect(answer.status).toBe(isPublic ? answer.status : 401);
      expect(['introuvable', 'methode']).not.toContain(answer.body?.code);
    },
  );

  it('has a reader that loads nothing from elsewhere', async () => {
    const page = await request(api.url).get('/api/docs').set('Accept-Language', 'fr');
    expect(page.text).toContain('POST /api/v1/brouillons/{id}/depot');
    expect(page.text).not.toMatch(/(src|href)="https?:/);
  });
});

describe('what the port serves beside the API', () => {
  it('says that it lives, and that it is not ready without Temporal', async () => {
    expect((await request(api.url).get('/healthz')).status).toBe(200);
    const ready = await request(api.url).get('/readyz');
    expect(ready.status).toBe(503);
    expect(ready.body).toMatchObject({ ready: false, database: true, temporal: false });
  });

  it('tells its figures to this machine, and to nobody through a proxy', async () => {
    const here = await request(api.url).get('/metrics');
    expect(here.text).toContain('sofi_soumissions{statut="deposee"} 0');
    const afar = await request(api.url).get('/metrics').set('X-Forwarded-For', '203.0.113.9');
    expect(afar.status).toBe(401);
  });

  it('lets pages of other sites read the feeds, and nothing else', async () => {
    const feed = await request(api.url).get('/flux/manifest.json');
    expect(feed.headers['access-control-allow-origin']).toBe('*');
    const other = await request(api.url).get('/api/v1/promesse');
    expect(other.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('says what runs here, in French and in English', async () => {
    const french = await request(api.url).get('/').set('Accept-Language', 'fr');
    const english = await request(api.url).get('/').set('Accept-Language', 'en');
    expect(french.text).toContain('Pays de la Loire');
    expect(english.text).toContain('The doors');
    expect(french.headers['content-security-policy']).toContain("default-src 'self'");
    expect(french.headers['x-powered-by']).toBeUndefined();
  });
});
