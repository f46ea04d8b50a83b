import { describe, expect, it } from '@jest/globals';
import { searchCodes } from './search.ts';

const search = (nom: string, q: string, more: { version?: string; limit?: number } = {}) =>
  searchCodes(nom, { q, limit: 20, ...more });

describe('a search box', () => {
  it('finds a commune by its name, its postal code or its INSEE code, the exact one first', async () => {
    expect((await search('communes', 'laval'))?.[0]).toMatchObject({ code: '53130', label: 'Laval', detail: '53000' });
    expect((await search('communes', '53000'))?.[0]?.label).toBe('Laval');
    expect((await search('communes', '44109'))?.[0]?.label).toBe('Nantes');
    expect((await search('communes', 'saint-nazaire 44'))?.length).toBe(0);
  });

  it('minds neither accents, nor case, nor signs', async () => {
    const plain = await search('communes', 'saint sebastien sur loire');
    expect(plain?.[0]?.label).toBe('Saint-Sébastien-sur-Loire');
    expect(await search('communes', 'SAINT-SÉBASTIEN-SUR-LOIRE')).toEqual(plain);
  });

  it('keeps to one version of a list', async () => {
    const found = await search('publics', 'demandeur', { version: 'V14' });
    expect(found?.length).toBeGreaterThan(0);
    expect(new Set(found?.map(({ version }) => version))).toEqual(new Set(['V14']));
  });

  it('gives the first ones when nothing is typed, and no more than asked', async () => {
    expect(await search('rome', '', { limit: 3 })).toHaveLength(3);
  });

  it('reads the dictionaries of LHÉO too', async () => {
    expect(await search('etat-recrutement', '')).toHaveLength(3);
    expect((await search('financeurs', 'région'))?.length).toBeGreaterThan(0);
  });

  it.each(['nulle-part', '__proto__', 'constructor', ''])('knows no list called %p', async (nom) => {
    expect(await search(nom, 'x')).toBeUndefined();
  });
});
