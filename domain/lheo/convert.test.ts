import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { convertFormation, convertNode } from './convert.ts';
import { arbitraryElements } from './testing/arbitrary.ts';
import { documentOf } from './testing/documents.ts';
import { aFormation } from './testing/samples.ts';
import { schemaFor } from './testing/schemas.ts';

describe('a formation brought to the other version', () => {
  it('stays as it is from 2.2 to 2.3, and is valid there', () => {
    const schema = schemaFor('2.3');
    const formations = arbitraryElements('2.2').formation ?? fc.constant(undefined);
    fc.assert(
      fc.property(formations, (json) => {
        const converted = convertNode('formation', json, '2.2', '2.3');
        expect(converted).toEqual({ json, changes: [] });
        expect(schema.validate(documentOf('formation', converted.json, '2.3'))).toEqual([]);
      }),
      { seed: 11, numRuns: 40 },
    );
  });

  it('is valid 2.2 whatever it was in 2.3, and unchanged when 2.2 accepts it as it is', () => {
    const schema = schemaFor('2.2');
    const formations = arbitraryElements('2.3').formation ?? fc.constant(undefined);
    fc.assert(
      fc.property(formations, (json) => {
        const { json: lowered, changes } = convertNode('formation', json, '2.3', '2.2');
        const faults = schema.validate(documentOf('formation', lowered, '2.2'));
        expect(faults).toEqual([]);
        if (changes.length === 0) expect(lowered).toEqual(json);
        expect(convertNode('formation', lowered, '2.3', '2.2')).toEqual({ json: lowered, changes: [] });
      }),
      { seed: 12, numRuns: 60 },
    );
  });

  it('loses only what 2.2 refuses, and says what', () => {
    const [action] = aFormation().action;
    if (action === undefined) throw new Error('The sample has no action');
    const { 'lieu-de-formation': _, ...sansLieu } = action;
    const json = aFormation({
      'code-niveau-entree': '14',
      certification: [{ 'code-RNCP': 'RNCP12345', 'code-RS': 'RS5' }],
      action: [{ ...sansLieu, 'organisme-financeur': [{ 'code-financeur': { '#': '19', '@': { uri: 'urn:x' } } }] }],
    });
    const { json: lowered, changes } = convertFormation(json, '2.3', '2.2');
    expect(changes.map(({ path }) => path)).toEqual([
      '/code-niveau-entree',
      '/certification/0/code-RS',
      '/certification/0/code-RNCP',
      '/action/0/lieu-de-formation',
      '/action/0/organisme-financeur/0/code-financeur',
      '/action/0/organisme-financeur/0/code-financeur/@/uri',
    ]);
    expect(lowered).toMatchObject({
      'code-niveau-entree': '5',
      certification: [{ 'code-RNCP': '12345' }],
      action: [{ 'lieu-de-formation': [{ coordonnees: {} }], 'organisme-financeur': [{ 'code-financeur': '13' }] }],
    });
  });
});
