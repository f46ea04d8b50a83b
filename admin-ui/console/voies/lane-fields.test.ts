import { describe, expect, it } from '@jest/globals';
import { DEFAULT_LANES } from '../../../domain/model/lanes.ts';
import { laneFieldLabel } from './lane-fields.ts';

describe('a field of a trust lane', () => {
  it('is said in words, for every row it holds of', () => {
    expect(laneFieldLabel('actions/sessions/champs/periode', 'fr')).toBe('Action › Session › Période');
    expect(laneFieldLabel('actions/site', 'en')).toBe('Action › Site');
    expect(laneFieldLabel('actions/sessions', 'fr')).toBe('Action › Session');
  });

  it('has words in each lane that comes with the platform', () => {
    for (const { champs } of DEFAULT_LANES)
      for (const champ of champs) expect(laneFieldLabel(champ, 'fr')).not.toContain('champs');
  });
});
