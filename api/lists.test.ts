import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { csvOf } from './csv.ts';
import { openGate } from './gate.ts';
import { anyOf, listAnswer, listQuery, wholeList } from './lists.ts';

const query = listQuery(
  z.strictObject({ statut: anyOf(z.enum(['a', 'b'])).optional() }),
  ['nom', 'id'],
  ['nom', 'asc'],
);

describe('the parameters of a list', () => {
  it('are a filter, an inclusive range and a sort, as JSON', () => {
    expect(query.parse({ filter: '{"statut":"a"}', range: '[10,19]', sort: '["id","DESC"]' })).toEqual({
      filter: { statut: ['a'] },
      from: 10,
      limit: 10,
      sort: ['id', 'desc'],
    });
  });

  it('have their defaults, and any of several values', () => {
    expect(query.parse({})).toEqual({ filter: {}, from: 0, limit: 25, sort: ['nom', 'asc'] });
    expect(query.parse({ filter: '{"statut":["a","b"]}' }).filter.statut).toEqual(['a', 'b']);
  });

  it.each(['{"x":1}', '[]', 'null', '{', '{"statut":"c"}'])('refuse the filter %s', (filter) => {
    expect(query.safeParse({ filter }).success).toBe(false);
  });

  it.each(['[0]', '[5,4]', '[0,1000]', '[0.5,2]', '["0","1"]', '{}'])('refuse the range %s', (range) => {
    expect(query.safeParse({ range }).success).toBe(false);
  });
});

describe('the answer of a list', () => {
  const page = { rows: [{ id: 1 }, { id: 2 }], total: 31 };

  it('counts exactly', () => {
    expect(listAnswer('fiches', page, 10, false).headers).toEqual({ 'Content-Range': 'fiches 10-11/31' });
    expect(listAnswer('fiches', { rows: [], total: 0 }, 0, false).headers).toEqual({ 'Content-Range': 'fiches 0-0/0' });
  });

  it('is whole as CSV when no range is asked', () => {
    expect(wholeList({ filter: {}, from: 10, limit: 5, sort: ['id', 'asc'] })).toMatchObject({
      from: 0,
      limit: 50_000,
    });
    expect(listAnswer('fiches', page, 0, true)).toMatchObject({ body: 'id\r\n1\r\n2\r\n' });
  });
});

describe('CSV', () => {
  it('quotes what it must, flattens one level, and lets no spreadsheet run a formula', () => {
    const rows = [
      { nom: 'Dit "le bois", ici', organisme: { id: 1 }, liste: ['a'], n: -3 },
      { nom: '=1+1', autre: null },
    ];
    expect(csvOf(rows)).toBe(
      'nom,organisme.id,liste,n,autre\r\n"Dit ""le bois"", ici",1,"[""a""]",-3,\r\n\'=1+1,,,,\r\n',
    );
  });
});

describe('a gate', () => {
  it('lets a few in at once, in order, and refuses who waits too long', async () => {
    const gate = openGate(2, 30);
    let [inside, most] = [0, 0];
    const slow = (ms: number) =>
      gate(async () => {
        inside++;
        most = Math.max(most, inside);
        await new Promise((resolve) => setTimeout(resolve, ms));
        inside--;
      });
    await Promise.all([slow(5), slow(5), slow(5), slow(5)]);
    expect(most).toBe(2);
    const [first, second, third] = await Promise.allSettled([slow(100), slow(100), slow(1)]);
    expect([first.status, second.status, third.status]).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect(third).toMatchObject({ reason: { code: 'temporal-absent' } });
    await slow(1);
    expect(inside).toBe(0);
  });
});
