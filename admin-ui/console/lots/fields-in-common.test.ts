import { describe, expect, it } from '@jest/globals';
import { fieldsOf, kindInCommon } from './fields-in-common.ts';

describe('the fields that a lot may ask to change', () => {
  it('are those that every fiche of the kind has', () => {
    expect(fieldsOf('formation')).toEqual(
      expect.arrayContaining(['/champs/intitule-formation', '/champs/certification']),
    );
    expect(fieldsOf('formation')).not.toContain('/champs/action');
    expect(fieldsOf('organisme')).toContain('/champs/raison-sociale');
  });

  it('are none for fiches of two kinds', () => {
    expect(kindInCommon([{ kind: 'formation' }, { kind: 'formation' }])).toBe('formation');
    expect(kindInCommon([{ kind: 'formation' }, { kind: 'organisme' }])).toBeNull();
  });
});
