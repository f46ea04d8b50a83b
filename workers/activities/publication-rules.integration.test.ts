import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { addSetting } from '../../db/regles/settings.ts';
import { readSoumissions } from '../../db/soumissions/list.ts';
import type { FormationDocument } from '../../domain/model/documents.ts';
import type { ParisDay, UserId } from '../../domain/model/ids.ts';
import type { Severities } from '../../domain/model/rules/settings.ts';
import { createTestDatabase } from '../../ops/test/database.ts';
import { releaseOn } from './sample-release.ts';
import { SampleSet, sampleFormation } from './sample-set.ts';

const DAY = '2026-11-24' as ParisDay;
const D2 = '2026-11-25' as ParisDay;
const D3 = '2026-11-26' as ParisDay;
const HTML = 'sans-html';
const ADMIN = '00000000-0000-4000-8000-0000000000aa' as UserId;

let set: SampleSet;
beforeEach(async () => {
  set = await SampleSet.open(await createTestDatabase());
  await set.organisme(DAY);
});
afterEach(() => set.close());

const tagged = (k: number): FormationDocument => {
  const base = sampleFormation(k);
  return { ...base, champs: { ...base.champs, 'contenu-formation': 'Dessin<br/>Assemblages' } };
};

/** From a day on the rule does this to what is typed. */
const setting = (version: number, saisie: Severities['saisie'], activeFrom: ParisDay) =>
  set.db.asViewer({ userId: ADMIN, role: 'administrateur', organismes: [] }, (tx) =>
    addSetting(tx, {
      rule: HTML,
      version,
      severity: { saisie, fichier: 'warning', flux: 'warning' },
      twoPeople: false,
      activeFrom,
      by: ADMIN,
      reason: 'Essai',
    }),
  );
/** What the queue shows as kept out of the last release. */
async function keptOut(): Promise<string[]> {
  const viewer = { userId: ADMIN, role: 'administrateur', organismes: [] } as const;
  const asked = { filter: { horsRelease: true }, from: 0, limit: 10, sort: ['due', 'asc'] } as const;
  const { rows } = await set.db.asViewer(viewer, (tx) => readSoumissions(tx, { viewer, now: new Date() }, asked));
  return rows.map(({ id }) => id);
}

describe('the rules at the freeze', () => {
  it('are those that administrators set for the day of the release', async () => {
    const id = await set.accept(tagged(1), { day: DAY });
    await setting(0, 'warning', D2);
    const first = await releaseOn(set.db, DAY);
    expect(await set.statutOf(id)).toMatchObject({ statut: 'validee', hors_release: expect.stringContaining(HTML) });
    expect((await set.record(first)).state).toBe('empty');
    expect(await keptOut()).toEqual([id]);
    const second = await releaseOn(set.db, D2);
    expect(await set.statutOf(id)).toEqual({ statut: 'publiee', hors_release: null, release_n: second });
    expect(await keptOut()).toEqual([]);
  });

  it('are not asked again of what the offer shows, nor of what a roll-back brings back', async () => {
    await setting(0, 'off', DAY);
    await set.accept(tagged(1), { day: DAY });
    const first = await releaseOn(set.db, DAY);
    const shown = await set.file(first);
    await setting(1, 'blocking', D2);
    expect(await set.file(await releaseOn(set.db, D2))).toBe(shown);
    await set.accept(sampleFormation(1, { titre: 'Ébénisterie' }), { day: D2 });
    expect(await set.file(await releaseOn(set.db, D3))).toContain('Ébénisterie');
    // As if something of it had ended by itself since: it is rendered once more.
    await set.db.asWorker((tx) => sql`update rendu set prochain_changement = ${D3}`.execute(tx));
    const back = await releaseOn(set.db, D3, { kind: 'rollback', target: first });
    expect(await set.file(back)).toBe(shown);
  });
});
