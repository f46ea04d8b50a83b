import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { Viewer } from '../../db/connect.ts';
import { brokenLinks } from '../../db/moderation/index.ts';
import { withdrawAtOnce } from '../../db/moderation/withdraw-at-once.ts';
import { hasUrgences, openRelease } from '../../db/publication/releases.ts';
import { countRemoved, RemovedMeanwhile, requireNobodyRemoved } from '../../db/publication/removal-guard.ts';
import { dateFormation, pinFormation } from '../../db/publication/settle.ts';
import { sessionId } from '../../domain/model/builders.ts';
import type { FormationDocument } from '../../domain/model/documents.ts';
import type { InstantMs, ParisDay, UserId } from '../../domain/model/ids.ts';
import { instantOf } from '../../domain/model/paris-time.ts';
import { PAYS_DE_LA_LOIRE } from '../../domain/model/region.ts';
import { createTestDatabase } from '../../ops/test/database.ts';
import { erasePersons } from './publication-erase.ts';
import { renderPages } from './publication-render.ts';
import { freezeOnce, judgeOnce, prepareOnce } from './publication-steps.ts';
import { releaseOn, runRelease } from './sample-release.ts';
import { SampleSet, sampleFormation } from './sample-set.ts';

const DAY = '2026-11-24' as ParisDay;
const D2 = '2026-11-25' as ParisDay;
const D3 = '2026-11-26' as ParisDay;
const ADMIN = {
  userId: '00000000-0000-4000-8000-0000000000aa' as UserId,
  role: 'administrateur',
  organismes: [],
} satisfies Viewer;
const ZOE = { nom: 'Durand', prenom: 'Zoé', courriel: 'zoe.durand@exemple.fr' };

let set: SampleSet;
beforeEach(async () => {
  set = await SampleSet.open(await createTestDatabase());
  await set.organisme(DAY);
});
afterEach(() => set.close());

const withdraw = (k: number, sessions?: string[]) =>
  set.db.asWorker((tx) =>
    withdrawAtOnce(tx, {
      ficheId: sampleFormation(k).id,
      by: { userId: ADMIN.userId, role: 'moderateur' },
      at: instantOf(D2, 10) as InstantMs,
      motif: 'Fraude',
      region: PAYS_DE_LA_LOIRE,
      sessions,
    }),
  );

const naming = (k: number, titre?: string): FormationDocument => {
  const base = sampleFormation(k, titre === undefined ? {} : { titre });
  return { ...base, champs: { ...base.champs, 'contact-formation': [{ coordonnees: ZOE }] } };
};

async function removeZoe(at: number): Promise<void> {
  await set.db.asWorker((tx) =>
    sql`insert into urgence (kind, personne, par)
      values ('personne', ${JSON.stringify(ZOE)}::jsonb, ${ADMIN.userId})`.execute(tx),
  );
  await erasePersons(set.db, at);
}

/** A release of the second day, everything in it rendered and judged, that only has to be switched. */
async function readyToSwitch(): Promise<number> {
  const asked = { kind: 'normal', scheduled: false, day: D2, requestedBy: null, at: instantOf(D2, 4) } as const;
  const { n } = await set.db.asWorker((tx) => openRelease(tx, asked));
  await prepareOnce(set.db, n, () => undefined);
  await freezeOnce(set.db, n);
  await renderPages(set.db, { n, day: D2, region: PAYS_DE_LA_LOIRE }, () => undefined);
  expect(await judgeOnce(set.db, n)).toEqual({ outcome: 'pass' });
  return n;
}

const sessionsIn = (xml: string) =>
  [...xml.matchAll(/<session [^>]*numero="([^"]+)"/g)]
    .map(([, numero]) => numero ?? '')
    .toSorted((a, b) => (a < b ? -1 : 1));

describe('a withdrawal in emergency', () => {
  it('goes with the release that had frozen the fiche already, and a roll-back leaves it out', async () => {
    await set.accept(sampleFormation(1), { day: DAY });
    await set.accept(sampleFormation(2, { sessions: 2 }), { day: DAY });
    await set.accept(sampleFormation(3), { day: DAY });
    const first = await releaseOn(set.db, DAY);
    await set.accept(sampleFormation(1, { titre: 'Ébénisterie' }), { day: D2 });
    const n = await readyToSwitch();
    const [whole, some] = [await withdraw(1), await withdraw(2, [sessionId(2_001)])];
    await runRelease(set.db, n);
    expect(sessionsIn(await set.file(n))).toEqual(['21_S2_0', '21_S3_0']);
    expect(await set.db.asWorker(hasUrgences)).toBe(false);
    for (const id of [whole, some]) expect(await set.statutOf(id)).toMatchObject({ statut: 'publiee', release_n: n });
    expect(await set.db.asWorker((tx) => brokenLinks(tx, sampleFormation(1).id))).toEqual([]);
    const back = await releaseOn(set.db, D3, { kind: 'rollback', target: first });
    expect(sessionsIn(await set.file(back))).toEqual(['21_S2_0', '21_S3_0']);
  });

  it.each(['a pin to an earlier release', 'a day of publication to come'])('goes before %s, for good', async (what) => {
    await set.accept(sampleFormation(1, { sessions: 2 }), { day: DAY });
    const first = await releaseOn(set.db, DAY);
    const own = { viewer: ADMIN, ficheId: sampleFormation(1).id };
    await set.db.asWorker((tx) =>
      what.startsWith('a pin')
        ? pinFormation(tx, { ...own, release: first })
        : dateFormation(tx, { ...own, le: '2027-01-04' }),
    );
    await set.accept(sampleFormation(1, { sessions: 2, titre: 'Ébénisterie' }), { day: D2 });
    expect(sessionsIn(await set.file(await releaseOn(set.db, D2)))).toEqual(['21_S1_0', '21_S1_1']);
    await withdraw(1, [sessionId(1_001)]);
    expect(sessionsIn(await set.file(await releaseOn(set.db, D2, { kind: 'emergency' })))).toEqual(['21_S1_0']);
    expect(sessionsIn(await set.file(await releaseOn(set.db, D3)))).toEqual(['21_S1_0']);
  });

  it('of sessions is not kept back by a rule that the rest of the formation no longer passes', async () => {
    await set.accept(sampleFormation(1, { sessions: 2 }), { day: DAY });
    await releaseOn(set.db, DAY);
    const base = sampleFormation(1, { sessions: 2 });
    const faulty = { ...base, champs: { ...base.champs, 'contenu-formation': 'Dessin<br/>Assemblages' } };
    await set.accept(faulty, { day: D2 });
    await withdraw(1, [sessionId(1_001)]);
    expect(sessionsIn(await set.file(await releaseOn(set.db, D2, { kind: 'emergency' })))).toEqual(['21_S1_0']);
  });
});

describe('a person removed while a release is under way', () => {
  it('is not in it, whether it had rendered what names them or left it as it was', async () => {
    for (const k of [1, 2, 3]) await set.accept(naming(k), { day: DAY });
    await releaseOn(set.db, DAY);
    await set.accept(naming(1, 'Ébénisterie'), { day: D2 });
    await set.accept(naming(4), { day: D2 });
    const n = await readyToSwitch();
    await removeZoe(instantOf(D2, 5));
    await runRelease(set.db, n);
    const xml = await set.file(n);
    expect(xml).not.toMatch(/durand/i);
    expect(sessionsIn(xml)).toEqual([1, 2, 3, 4].map((k) => `21_S${k}_0`));
    expect(await set.record(n)).toMatchObject({ state: 'published', report: { counts: { formations: 4 } } });
    expect(await set.db.asWorker(hasUrgences)).toBe(false);
  });

  it('makes a page that was rendered before worthless', async () => {
    const seen = await set.db.asWorker(countRemoved);
    await set.db.asWorker((tx) => requireNobodyRemoved(tx, seen));
    await set.accept(naming(1), { day: DAY });
    await removeZoe(instantOf(DAY, 11));
    await expect(set.db.asWorker((tx) => requireNobodyRemoved(tx, seen))).rejects.toBeInstanceOf(RemovedMeanwhile);
  });
});
