import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Person, startTestApi, type TestApi } from '../ops/test/api-server.ts';

let api: TestApi;
let admin: Person;
beforeAll(async () => {
  api = await startTestApi();
  admin = await api.login('admin@demo.sofi');
});
afterAll(() => api.stop());

const PAYLOADS: readonly unknown[] = [
  "'; drop table soumission; --",
  "' or 1=1 --",
  '%',
  '\\',
  '$1',
  '{"$ne":null}',
  '../../../etc/passwd',
  '<script>alert(1)</script>',
  '\ud800',
  '\u0000',
  'é'.repeat(1_000),
  '💥',
  9_007_199_254_740_993n.toString(),
  3_000_000_000,
  1e308,
  -1,
  null,
  true,
  { $ne: null },
  [['a']],
  [],
];
const KEYS = [
  'id',
  'q',
  'statut',
  'kind',
  'source',
  'fiche',
  'organisme',
  'import',
  'claim',
  'late',
  'role',
  'actif',
  'by',
  'state',
  'n',
  'nom',
  'numero',
  'soumission',
];

type Operations = Record<string, { parameters?: { name: string; in: string }[] }>;

async function paths(): Promise<[string, Operations][]> {
  const { body } = await admin.agent.get('/api/v1/openapi.json');
  return Object.entries(body.paths as Record<string, Operations>).filter(([path]) => path !== '/events');
}

const SANE = new Set([200, 204, 400, 404]);
const INSIDE = /select |postgres|node_modules|22P0|ENOENT/i;

/** The addresses that crash, tell of the inside, or refuse without a reason; 503 is Temporal, which is away here. */
async function insane(addresses: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const address of addresses) {
    const { status, body, text } = await admin.agent.get(`/api/v1${address}`);
    const known = SANE.has(status) || body.code === 'temporal-absent';
    const told = status < 400 || (typeof body.code === 'string' && typeof body.mend === 'string');
    if (!known || !told || (status >= 400 && INSIDE.test(text))) found.push(`${status} ${address.slice(0, 150)}`);
  }
  return found;
}

/** A key that a list does not know is refused whatever its value. */
async function isUnknown(address: string): Promise<boolean> {
  const { body } = await admin.agent.get(`/api/v1${address}`);
  return (body.errors ?? []).some(({ code }: { code: string }) => code === 'champ-inconnu');
}

const query = (name: string, value: unknown) => `${name}=${encodeURIComponent(JSON.stringify(value))}`;
const listsWith = async (parameter: string) =>
  (await paths()).flatMap(([path, { get }]) => (get?.parameters?.some(({ name }) => name === parameter) ? [path] : []));

describe('what is no id, filter or order', () => {
  it('harms no list, in any filter', async () => {
    const lists = await listsWith('filter');
    expect(lists.length).toBeGreaterThan(10);
    let known = 0;
    for (const path of lists) {
      for (const key of KEYS) {
        if (await isUnknown(`${path}?${query('filter', { [key]: 'x' })}`)) continue;
        known += 1;
        const asked = PAYLOADS.map((payload) => `${path}?${query('filter', { [key]: payload })}`);
        expect(await insane(asked)).toEqual([]);
      }
    }
    expect(known).toBeGreaterThan(2 * lists.length);
  }, 240_000);

  it('harms no list, as an order or a range', async () => {
    const lists = await listsWith('sort');
    const asked = PAYLOADS.flatMap((it) => [
      query('sort', [it, 'ASC']),
      query('sort', ['id', it]),
      query('range', [0, it]),
      query('range', it),
    ]);
    expect(await insane(lists.flatMap((path) => asked.map((one) => `${path}?${one}`)))).toEqual([]);
  }, 240_000);

  it('harms no address with an id', async () => {
    const withId = (await paths()).flatMap(([path, { get }]) =>
      get !== undefined && path.includes('{') ? [path] : [],
    );
    const ids = PAYLOADS.map((it) =>
      encodeURIComponent((typeof it === 'string' ? it : JSON.stringify(it)).toWellFormed()),
    );
    expect(await insane(withId.flatMap((path) => ids.map((id) => path.replaceAll(/\{\w+\}/g, id))))).toEqual([]);
  }, 240_000);

  it.each([
    'Accept-Language',
    'If-Match',
    'If-None-Match',
    'Idempotency-Key',
    'X-Request-Id',
    'Range',
    'Cookie',
    'X-Forwarded-For',
    'Origin',
  ])('harms nothing in the header %s', async (name) => {
    for (const payload of PAYLOADS) {
      const value = (typeof payload === 'string' ? payload : JSON.stringify(payload)).replaceAll(/[^\x20-\x7e]/g, '?');
      const { status } = await fetch(`${api.url}/api/v1/promesse`, { headers: { [name]: value } });
      expect([200, 206, 304, 400]).toContain(status);
    }
  });
});
