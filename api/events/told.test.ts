import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { Viewer } from '../../db/connect.ts';
import { asHeardBy, mayHear, RESYNC, toldIn } from './told.ts';

const [soumission, fiche, organisme, other] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()] as const;
const viewer = (role: Viewer['role'], ...organismes: string[]): Viewer => ({ userId: randomUUID(), role, organismes });
const [one] = toldIn(JSON.stringify({ moved: [[soumission, fiche, organisme, 'controlee', 2]] }));
const [many] = toldIn(JSON.stringify({ many: 1200, organismes: [organisme] }));
const [crowd] = toldIn(JSON.stringify({ many: 9000 }));

describe('what the database tells', () => {
  it('is each soumission of a few, and a count of many', () => {
    expect(one).toMatchObject({
      event: 'soumission',
      data: { id: soumission, fiche, statut: 'controlee', version: 2 },
    });
    expect(many).toMatchObject({ event: 'file', data: { n: 1200 } });
  });

  it('is refused when it is something else', () => {
    expect(() => toldIn('{"moved":[["x"]]}')).toThrow();
    expect(() => toldIn('not json')).toThrow();
  });

  it.each([
    ['a moderator', viewer('moderateur'), [true, true, true, true]],
    ['an administrator', viewer('administrateur'), [true, true, true, true]],
    ['its OF', viewer('of', other, organisme), [true, true, false, true]],
    ['another OF', viewer('of', other), [false, false, false, true]],
    ['a consumer', viewer('consommateur'), [false, false, false, true]],
  ] as const)('is heard, or not, by %s', (_who, who, heard) => {
    const all = [one, many, crowd, RESYNC].flatMap((told) => told ?? []);
    expect(all.map((told) => mayHear(who, told))).toEqual(heard);
  });

  it('does not tell an OF how many moved', () => {
    expect(many && asHeardBy(viewer('of', organisme), many).data).toEqual({});
  });
});
