import { describe, expect, it } from '@jest/globals';
import { aFormation, SAMPLE_DAY } from '../../../domain/model/builders.ts';
import { setAtPath } from '../../../domain/model/paths.ts';
import { localFaults, localRulesAsSet } from './draft-faults.ts';

const now = Date.parse(`${SAMPLE_DAY}T10:00:00Z`);
const filler = setAtPath(aFormation(), '/champs/resultats-attendus', '-');
const severities = (set: Parameters<typeof localRulesAsSet>[0]) =>
  localFaults(filler, now, 'fr', localRulesAsSet(set)).map(({ severity }) => severity);

describe('the rules while typing', () => {
  it('say what the settings make of a fault, as the checks will', () => {
    const severity = { saisie: 'warning', fichier: 'warning', flux: 'warning' } as const;
    expect(severities([])).toEqual(['blocking']);
    expect(severities([{ id: 'sans-remplissage', severity }])).toEqual(['warning']);
    expect(severities([{ id: 'sans-remplissage', severity: { ...severity, saisie: 'off' } }])).toEqual([]);
  });
});
