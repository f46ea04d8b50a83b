import { describe, expect, it } from '@jest/globals';
import type { LheoElement } from './types.ts';

const formation: LheoElement<'periode-inscription'> = { periode: { debut: '20270104', fin: { '#': '20270601' } } };
// @ts-expect-error a mandatory child is missing
const incomplete: LheoElement<'periode-inscription'> = {};
// @ts-expect-error a child that may be repeated is an array
const single: LheoElement<'potentiel'> = { 'code-FORMACODE': '12345' };
const several: LheoElement<'telfixe'> = {
  numtel: ['0241000000', { '#': '0241000001', '@': { tag: 'principal' } }],
  extras: [{ contenu: [{ extra: 'a' }, { extras: { '@': { info: 'b' }, contenu: [] } }] }],
};

describe('the types made from the grammar', () => {
  it('hold mandatory children, repeated children and extensions', () => {
    expect([formation, incomplete, single, several]).toHaveLength(4);
  });
});
