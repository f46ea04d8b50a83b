import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { anOrganisme } from '../../domain/model/builders.ts';
import type { FormationDocument } from '../../domain/model/documents.ts';
import type { ParisDay } from '../../domain/model/ids.ts';
import { createTestDatabase } from '../../ops/test/database.ts';
import { releaseOn } from './sample-release.ts';
import { SampleSet, sampleFormation } from './sample-set.ts';

const DAY = '2026-11-24' as ParisDay;

let set: SampleSet;
beforeEach(async () => {
  set = await SampleSet.open(await createTestDatabase());
});
afterEach(() => set.close());

const naming = (k: number, nom: string, tag?: string): FormationDocument => {
  const base = sampleFormation(k);
  const contact = { ...(tag === undefined ? {} : { '@': { tag } }), coordonnees: { nom } };
  return { ...base, champs: { ...base.champs, 'contact-formation': [contact] } } as FormationDocument;
};

describe('a contact without a mark', () => {
  it('is published when a flow brought it, and stays inside when people entered all of the fiche', async () => {
    await set.organisme(DAY);
    await set.accept(naming(1, 'Received'), { day: DAY });
    await set.accept(naming(2, 'Entered'), { day: DAY, entered: true });
    await set.accept(naming(3, 'Marked', 'public'), { day: DAY, entered: true });
    const xml = await set.file(await releaseOn(set.db, DAY, {}));
    for (const numero of ['21_1', '21_2', '21_3']) expect(xml).toContain(`numero="${numero}"`);
    expect(['Received', 'Entered', 'Marked'].map((nom) => xml.includes(nom))).toEqual([true, false, true]);
  });

  it('of an organisme that people entered is in none of its formations', async () => {
    const base = anOrganisme();
    const champs = { ...base.champs, 'contact-organisme': [{ coordonnees: { nom: 'Entered' } }] };
    await set.accept({ ...base, champs }, { day: DAY, entered: true });
    await set.accept(sampleFormation(1), { day: DAY });
    const xml = await set.file(await releaseOn(set.db, DAY, {}));
    expect(xml).toContain('numero="21_1"');
    expect(xml).not.toContain('Entered');
  });
});
