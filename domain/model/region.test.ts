import { describe, expect, it } from '@jest/globals';
import { PAYS_DE_LA_LOIRE, parseRegion } from './region.ts';

describe('the settings of a region', () => {
  it('are read from JSON', () => {
    expect(parseRegion(JSON.parse(JSON.stringify(PAYS_DE_LA_LOIRE)))).toEqual(PAYS_DE_LA_LOIRE);
  });

  it.each([
    ['prefixe', '2'],
    ['departements', []],
    ['emprise', [48, -2, 46, 1]],
    ['cariforef', { nom: 'x', courriel: '', telephone: '1' }],
    ['dueHour', 25],
    ['nom', undefined],
  ])('are refused with a bad %s, by name', (field, value) => {
    expect(() => parseRegion({ ...PAYS_DE_LA_LOIRE, [field]: value })).toThrow(field);
  });
});
