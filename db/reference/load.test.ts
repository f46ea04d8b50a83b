import { describe, expect, it } from '@jest/globals';
import { verdictOf } from '../../domain/model/tables.ts';
import { CODE_LISTS, carriedTables, codeLists, loadCarriedTables, regionsAnciennes } from './load.ts';

const FORMS = {
  nsf: /^\d{3}$/,
  rome: /^[A-Z]\d{4}$/,
  formacode: /^\d{5}$/,
  publics: /^\d{5}$/,
  'modalites-pedagogiques': /^\d{5}$/,
  pays: /^[A-Z]{2}$/,
  certifinfo: /^\d{1,6}$/,
};

describe('the tables that come with the platform', () => {
  it.each(CODE_LISTS)('hold well-formed, labelled codes once per version: %s', async (list) => {
    const rows = (await codeLists())[list];
    expect(rows.filter(({ code, label }) => !FORMS[list].test(code) || label.trim() === '')).toEqual([]);
    expect(new Set(rows.map(({ code, version }) => `${version} ${code}`)).size).toBe(rows.length);
    const announced = (await carriedTables()).filter(({ name }) => name === list);
    expect(announced.reduce((sum, { rows: count }) => sum + count, 0)).toBe(rows.length);
  });

  it('know the communes of today with their postal codes and most centres', async () => {
    const { communes } = await loadCarriedTables();
    expect(communes.state).toBe('complete');
    expect(communes.get('44109')).toMatchObject({ label: 'Nantes', departement: '44', region: '52' });
    expect(communes.get('44109')?.codesPostaux).toContain('44000');
    expect(communes.get('44109')?.centre?.latitude).toBeCloseTo(47.2, 0);
    expect(communes.get('75101')?.codesPostaux).toEqual(['75001']);
    expect(verdictOf(communes, '44999')).toBe('unknown');
  });

  it('keep versions of Formacode apart and say which are whole', async () => {
    const { formacode, publics } = await loadCarriedTables();
    expect(verdictOf(publics.V14, '83056')).toBe('known');
    expect(verdictOf(publics.V12, '83056')).toBe('unsure');
    expect(verdictOf(publics.V9, '99999')).toBe('unknown');
    expect(verdictOf(formacode.V14, '99999')).toBe('unsure');
  });

  it('lead old regions to those of today', async () => {
    expect((await regionsAnciennes()).get('43')).toBe('27');
  });

  it('are read once', async () => {
    expect(await loadCarriedTables()).toBe(await loadCarriedTables());
  });
});
