import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { listRemoved } from '../../db/moderation/removed-persons.ts';
import { anOrganisme } from '../../domain/model/builders.ts';
import type { FormationDocument } from '../../domain/model/documents.ts';
import type { ParisDay } from '../../domain/model/ids.ts';
import { instantOf } from '../../domain/model/paris-time.ts';
import { createTestDatabase } from '../../ops/test/database.ts';
import { erasePersons } from './publication-erase.ts';
import { releaseOn } from './sample-release.ts';
import { SampleSet, sampleFormation } from './sample-set.ts';

const DAY = '2026-11-24' as ParisDay;
const D2 = '2026-11-25' as ParisDay;
const D3 = '2026-11-26' as ParisDay;
const ADMIN = '00000000-0000-4000-8000-0000000000aa';
const ZOE = { nom: 'Durand', prenom: 'Zoé', courriel: 'zoe.durand@exemple.fr' };

let set: SampleSet;
beforeEach(async () => {
  set = await SampleSet.open(await createTestDatabase());
  await set.organisme(DAY);
});
afterEach(() => set.close());

const naming = (k: number, titre: string): FormationDocument => {
  const base = sampleFormation(k, { titre });
  return { ...base, champs: { ...base.champs, 'contact-formation': [{ coordonnees: ZOE }] } };
};

const askRemoval = () =>
  set.db.asWorker((tx) =>
    sql`insert into urgence (kind, personne, par)
      values ('personne', ${JSON.stringify(ZOE)}::jsonb, ${ADMIN})`.execute(tx),
  );

describe('a person who was removed', () => {
  it('is not in a release of what was accepted while they were being removed', async () => {
    await set.db.asWorker((tx) => listRemoved(tx, ZOE));
    // The samples go past the door of acceptance, as a transaction does that read the list before.
    await set.accept(naming(1, 'CAP menuisier'), { day: DAY });
    const xml = await set.file(await releaseOn(set.db, DAY, {}));
    expect(xml).toContain('CAP menuisier');
    expect(xml).not.toMatch(/durand/i);
  });

  it('is not in a release of an organisme that names them', async () => {
    await set.db.asWorker((tx) => listRemoved(tx, ZOE));
    const base = anOrganisme();
    const champs = { ...base.champs, 'contact-organisme': [{ coordonnees: ZOE }] };
    await set.accept({ ...base, champs }, { day: DAY });
    await set.accept(sampleFormation(2), { day: DAY });
    expect(await set.file(await releaseOn(set.db, DAY, {}))).not.toMatch(/durand/i);
  });

  it('stays out of a roll-back to a release from before their removal, which it does not hinder', async () => {
    await set.accept(naming(1, 'CAP menuisier'), { day: DAY });
    const before = await releaseOn(set.db, DAY, {});
    expect(await set.file(before)).toContain('zoe.durand@exemple.fr');
    await askRemoval();
    expect(await erasePersons(set.db, instantOf(D2, 9))).toBe(1);
    await releaseOn(set.db, D2, { kind: 'emergency' });
    await set.accept(naming(1, 'CAP charpentier'), { day: D2 });
    const after = await set.file(await releaseOn(set.db, D2, {}));
    expect(after).toContain('CAP charpentier');
    expect(after).not.toMatch(/durand/i);
    const back = await set.file(await releaseOn(set.db, D3, { kind: 'rollback', target: before }));
    expect(back).toContain('CAP menuisier');
    expect(back).not.toMatch(/durand/i);
  });

  it('stays out when what named them comes back by a roll-back to a release from before', async () => {
    await set.accept(naming(1, 'CAP menuisier'), { day: DAY });
    const before = await releaseOn(set.db, DAY, {});
    expect(await set.file(before)).toContain('zoe.durand@exemple.fr');
    await set.accept(naming(1, 'CAP menuisier'), { day: D2, retrait: true });
    expect(await set.file(await releaseOn(set.db, D2, {}))).not.toContain('CAP menuisier');
    await askRemoval();
    expect(await erasePersons(set.db, instantOf(D2, 14))).toBe(1);
    const back = await set.file(await releaseOn(set.db, D3, { kind: 'rollback', target: before }));
    expect(back).toContain('CAP menuisier');
    expect(back).not.toMatch(/durand/i);
  });
});
