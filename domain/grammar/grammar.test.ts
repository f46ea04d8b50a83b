import { describe, expect, it } from '@jest/globals';
import { grammarOf, ruleOf } from './compiled.ts';
import { codeIn22, DICTS, type DictName, dictEntries, dictLabel } from './dictionaries.ts';
import { ELEMENT_NAMES, ELEMENTS } from './elements.ts';
import { LHEO_VERSIONS } from './shape.ts';

describe('the grammar', () => {
  it('has 120 elements in 2.2 and 170 in 2.3, each with a label', () => {
    expect(LHEO_VERSIONS.map((version) => grammarOf(version).size)).toEqual([120, 170]);
    expect(ELEMENT_NAMES.filter((name) => ELEMENTS[name].label.trim() === '')).toEqual([]);
  });

  it.each(LHEO_VERSIONS)('names in %s only children and dictionaries that exist', (version) => {
    const rules = grammarOf(version);
    const children = [...rules.values()].flatMap((rule) => rule.children.map((child) => child.name));
    expect(children.filter((name) => !rules.has(name))).toEqual([]);
    const keys = [...rules.values()].filter((rule) => rule.kind === 'key');
    expect(keys.filter((rule) => rule.dict === undefined || rule.codes.size === 0)).toEqual([]);
  });

  it('has a place for every element: a root, or a child of another', () => {
    const reached = new Set(['lheo', 'lheo-plus', 'lheo-index', 'extra', 'extras']);
    for (const rule of grammarOf('2.3').values()) for (const child of rule.children) reached.add(child.name);
    expect(ELEMENT_NAMES.filter((name) => !reached.has(name))).toEqual([]);
  });

  it('says what differs between versions in the same row', () => {
    expect(LHEO_VERSIONS.map((version) => ruleOf('code-RNCP', version).max)).toEqual([6, 10]);
    expect(LHEO_VERSIONS.map((version) => ruleOf('action', version).child.get('lieu-de-formation'))).toMatchObject([
      { min: 1, max: 1, list: true },
      { min: 0, max: Infinity, list: true },
    ]);
    expect(ruleOf('certification', '2.2').child.has('code-RS')).toBe(false);
    expect(ruleOf('session', '2.2').attributs.has('uri')).toBe(false);
    expect(() => ruleOf('recrutement', '2.2')).toThrow('LHÉO 2.2 has no element "recrutement"');
  });
});

describe('the dictionaries', () => {
  it('give each code once, with a label', () => {
    for (const name of Object.keys(DICTS) as DictName[]) {
      const codes = dictEntries(name).map(({ code }) => code);
      expect([name, new Set(codes).size]).toEqual([name, codes.length]);
      expect(dictEntries(name).filter(({ label }) => label === '')).toEqual([]);
    }
  });

  it('name a code as each version does', () => {
    expect(LHEO_VERSIONS.map((version) => dictLabel('financeurs', '16', version))).toEqual(['OPCA', 'OPCO']);
    expect(LHEO_VERSIONS.map((version) => dictLabel('financeurs', '18', version))).toEqual([undefined, 'LADOM']);
  });

  it('give a code of 2.2 for each that came later in a dictionary of both', () => {
    const common = (Object.keys(DICTS) as DictName[]).filter((name) => dictEntries(name, '2.2').length > 0);
    for (const name of common) {
      const later = dictEntries(name).filter(({ since }) => since !== undefined);
      const old = new Set(dictEntries(name, '2.2').map(({ code }) => code));
      expect(later.filter(({ code }) => !old.has(codeIn22(name, code) ?? ''))).toEqual([]);
    }
  });
});
