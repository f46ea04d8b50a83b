import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { Viewer } from '../../db/connect.ts';
import { brokenLinks } from '../../db/moderation/index.ts';
import { withdrawAtOnce } from '../../db/moderation/withdraw-at-once.ts';
import { currentHold, forceRelease, liftHold, pauseRelease, resumeRelease } from '../../db/publication/acts.ts';
import { isErased } from '../../db/publication/members.ts';
import { openRelease, readRelease } from '../../db/publication/releases.ts';
import { otherWriterPage } from '../../db/publication/render.ts';
import { previewRollBack } from '../../db/publication/roll-back.ts';
import { dateFormation, pinFormation } from '../../db/publication/settle.ts';
import { WRITER_VERSION } from '../../domain/lheo/fiche/out-bytes.ts';
import { anOrganisme, sessionId } from '../../domain/model/builders.ts';
import type { InstantMs, ParisDay, UserId } from '../../domain/model/ids.ts';
import { instantOf } from '../../domain/model/paris-time.ts';
import { PAYS_DE_LA_LOIRE } from '../../domain/model/region.ts';
import { createTestDatabase } from '../../ops/test/database.ts';
import { erasePersons } from './publication-erase.ts';
import { renderPages } from './publication-render.ts';
import { freezeOnce, prepareOnce } from './publication-steps.ts';
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
const act = { by: ADMIN.userId, at: '2026-11-24T10:00:00Z', reason: 'looked at' };

let set: SampleSet;
beforeEach(async () => {
  set = await SampleSet.open(await createTestDatabase());
  await set.organisme(DAY);
});
afterEach(() => set.close());

const formation = sampleFormation;
const release = (day: ParisDay, asked = {}) => releaseOn(set.db, day, asked);

const withdraw = (k: number, sessions?: string[]) =>
  set.db.asWorker((tx) =>
    withdrawAtOnce(tx, {
      ficheId: formation(k).id,
      by: { userId: ADMIN.userId, role: 'moderateur' },
      at: instantOf(D2, 10) as InstantMs,
      motif: 'Fraude',
      region: PAYS_DE_LA_LOIRE,
      sessions,
    }),
  );

describe('the circuit breaker', () => {
  it('keeps the previous bytes of an organisme that would lose most of its sessions, and lets the rest go out', async () => {
    await set.accept(formation(1, { sessions: 12 }), { day: DAY });
    const first = await release(DAY);
    const before = await set.file(first);
    const id = await set.accept(formation(1, { sessions: 2 }), { day: D2 });
    await set.accept(anOrganisme(), { day: D2 });
    const second = await release(D2);
    expect(await set.file(second)).toBe(before);
    expect(await set.statutOf(id)).toMatchObject({ statut: 'validee', hors_release: 'disjoncteur' });
    expect((await set.record(second)).report).toMatchObject({ organismes: [{ gone: 10, of: 12 }] });
    const forced = await release(D3, { forced: act });
    expect((await set.file(forced)).match(/<session /g)).toHaveLength(2);
    expect(await set.statutOf(id)).toMatchObject({ statut: 'publiee', release_n: forced });
  });

  it('lets the withdrawal of sessions out although the organisme is kept back', async () => {
    await set.accept(formation(1, { sessions: 12 }), { day: DAY });
    await set.accept(formation(2, { sessions: 3 }), { day: DAY });
    await release(DAY);
    await set.accept(formation(1, { sessions: 2 }), { day: D2 });
    const id = await set.accept(formation(2, { sessions: 2 }), { day: D2 });
    await set.db.asWorker((tx) => sql`update soumission set kind = 'withdrawal' where id = ${id}`.execute(tx));
    const second = await release(D2);
    expect((await set.record(second)).report).toMatchObject({ organismes: [{ gone: 10, of: 15 }] });
    const xml = await set.file(second);
    expect(xml.match(/<session numero="21_S1_/g)).toHaveLength(12);
    expect(xml.match(/<session numero="21_S2_/g)).toHaveLength(2);
  });

  it('stops a release that would lose too much in all, until an administrator lets it pass', async () => {
    for (let k = 1; k <= 4; k += 1) await set.accept(formation(k, { sessions: 150 }), { day: DAY });
    const first = await release(DAY);
    await set.accept(formation(1, { sessions: 20 }), { day: D2 });
    const second = await release(D2);
    expect(await set.record(second)).toMatchObject({
      state: 'stopped',
      report: { reason: 'disjoncteur', gone: { sessions: 130, of: 600 } },
    });
    expect((await set.db.asWorker((tx) => readRelease(tx, first)))?.state).toBe('published');
    expect(await set.db.asWorker((tx) => forceRelease(tx, second, act))).toEqual({ next: 'again' });
    await runRelease(set.db, second);
    expect(await set.record(second)).toMatchObject({ state: 'published', forced: { reason: 'looked at' } });
  });

  it('counts neither withdrawals nor ended sessions', async () => {
    await set.accept(formation(1, { sessions: 12 }), { day: DAY });
    await set.accept(formation(2), { day: DAY });
    await release(DAY);
    await set.accept(formation(1, { sessions: 12 }), { day: D2, retrait: true });
    const second = await release(D2);
    expect(await set.record(second)).toMatchObject({ state: 'published', report: { gone: { sessions: 0 } } });
    expect(await set.file(second)).not.toContain('"21_1"');
  });
});

describe('an administrator', () => {
  it('tries a release without switching it', async () => {
    const id = await set.accept(formation(1), { day: DAY });
    const n = await release(DAY, { dryRun: true });
    expect(await set.record(n)).toMatchObject({ state: 'tried', report: { difference: { added: 1 } }, files: null });
    expect((await set.statutOf(id)).statut).toBe('validee');
  });

  it('pauses a release between two pages and lets it go on', async () => {
    await set.accept(formation(1), { day: DAY });
    const { n } = await set.db.asWorker((tx) =>
      openRelease(tx, { kind: 'normal', scheduled: false, day: DAY, requestedBy: null, at: instantOf(DAY, 12) }),
    );
    await prepareOnce(set.db, n, () => undefined);
    await freezeOnce(set.db, n);
    await set.db.asWorker((tx) => pauseRelease(tx, n, act));
    const rendering = { n, day: DAY, region: PAYS_DE_LA_LOIRE };
    expect(await renderPages(set.db, rendering, () => undefined)).toEqual({ outcome: 'paused' });
    await set.db.asWorker((tx) => resumeRelease(tx, n));
    await runRelease(set.db, n);
    expect((await set.record(n)).state).toBe('published');
    await expect(set.db.asWorker((tx) => pauseRelease(tx, n, act))).rejects.toMatchObject({ code: 'release-close' });
  });

  it('is not waited for by an emergency, and the release that gave way goes on under another number', async () => {
    await set.accept(formation(1), { day: DAY });
    await set.accept(formation(2), { day: DAY });
    await release(DAY);
    await set.accept(formation(1, { titre: 'Ébénisterie' }), { day: D2 });
    const open = () =>
      set.db.asWorker((tx) =>
        openRelease(tx, { kind: 'normal', scheduled: true, day: D2, requestedBy: null, at: instantOf(D2, 4) }),
      );
    const { n } = await open();
    await prepareOnce(set.db, n, () => undefined);
    await freezeOnce(set.db, n);
    await set.db.asWorker((tx) => pauseRelease(tx, n, act));
    await withdraw(2);
    const urgent = await release(D2, { kind: 'emergency' });
    expect(await set.file(urgent)).not.toContain('"21_2"');
    expect(await set.file(urgent)).not.toContain('Ébénisterie');
    expect(await set.record(n)).toMatchObject({ state: 'stopped', report: { reason: 'urgence' } });
    expect(await open()).toEqual({ outcome: 'already', n });
    const instead = await set.db.asWorker((tx) => resumeRelease(tx, n));
    await runRelease(set.db, instead);
    expect(await set.record(instead)).toMatchObject({ state: 'published', scheduled: true, day: D2 });
    expect(await set.file(instead)).toContain('Ébénisterie');
    expect(await open()).toEqual({ outcome: 'already', n: instead });
    await expect(set.db.asWorker((tx) => resumeRelease(tx, n))).rejects.toMatchObject({ code: 'release-close' });
  });

  it('rolls back to an earlier set and holds publication until it is lifted', async () => {
    await set.accept(formation(1), { day: DAY });
    await set.accept(formation(2), { day: DAY });
    const first = await release(DAY);
    const earlier = await set.file(first);
    await set.accept(formation(1, { titre: 'Ébénisterie' }), { day: D2 });
    const added = await set.accept(formation(3), { day: D2 });
    const second = await release(D2);
    const preview = await set.db.asWorker((tx) => previewRollBack(tx, first, D2));
    expect(preview).toMatchObject({ counts: { revient: 1, part: 1, echue: 0, urgence: 0 } });
    const back = await release(D2, { kind: 'rollback', target: first });
    expect(await set.file(back)).toBe(earlier);
    expect(await set.delta(second, back)).toEqual({
      changed: [{ numero: '21_1' }],
      deleted: [{ numero: '21_3', reason: 'retourArriere' }],
    });
    expect((await set.statutOf(added)).statut).toBe('publiee');
    expect(await set.db.asWorker(currentHold)).toMatchObject({ release: back, target: first });

    const held = await release(D3, { scheduled: true });
    expect(await set.record(held)).toMatchObject({
      state: 'held',
      report: { reason: 'retourArriere', difference: { added: 1, changed: 1 } },
    });
    await set.db.asWorker((tx) => liftHold(tx, act));
    const after = await release(D3);
    expect(await set.file(after)).toBe(await set.file(second));
    expect(await set.delta(back, after)).toEqual({
      changed: [{ numero: '21_1' }, { numero: '21_3', returned: true }],
      deleted: [],
    });
  });

  it('pins a formation to what a release showed, and frees it', async () => {
    await set.accept(formation(1), { day: DAY });
    const first = await release(DAY);
    const before = await set.file(first);
    const pin = (n: number | null) =>
      set.db.asWorker((tx) => pinFormation(tx, { viewer: ADMIN, ficheId: formation(1).id, release: n }));
    await pin(first);
    const id = await set.accept(formation(1, { titre: 'Ébénisterie' }), { day: D2 });
    const second = await release(D2);
    expect(await set.file(second)).toBe(before);
    expect(await set.statutOf(id)).toMatchObject({ statut: 'validee', hors_release: 'epinglee' });
    await pin(null);
    expect(await set.file(await release(D3))).toContain('Ébénisterie');
    expect((await set.statutOf(id)).statut).toBe('publiee');
    await expect(pin(99)).resolves.toEqual({ release: 99, le: null });
  });

  it('has a formation published from a day on', async () => {
    await set.accept(formation(1), { day: DAY });
    const id = await set.accept(formation(2), { day: DAY });
    await set.db.asWorker((tx) => dateFormation(tx, { viewer: ADMIN, ficheId: formation(2).id, le: D3 }));
    expect(await set.file(await release(DAY))).not.toContain('"21_2"');
    expect(await set.statutOf(id)).toMatchObject({ statut: 'validee', hors_release: `differee ${D3}` });
    expect(await set.file(await release(D2))).not.toContain('"21_2"');
    expect(await set.file(await release(D3))).toContain('"21_2"');
    expect((await set.statutOf(id)).statut).toBe('publiee');
  });
});

describe('what cannot wait', () => {
  it('goes first, in a release that touches nothing else, and a roll-back leaves it out', async () => {
    await set.accept(formation(1), { day: DAY });
    await set.accept(formation(2, { sessions: 2 }), { day: DAY });
    const first = await release(DAY);
    const waiting = await set.accept(formation(3), { day: D2 });
    const whole = await withdraw(1);
    const some = await withdraw(2, [sessionId(2_001)]);
    const asked = { kind: 'normal', scheduled: true, day: D2, requestedBy: null, at: instantOf(D2, 11) } as const;
    const opened = await set.db.asWorker((tx) => openRelease(tx, asked));
    expect(opened.outcome).toBe('busy');
    await runRelease(set.db, opened.n);
    const xml = await set.file(opened.n);
    expect([...xml.matchAll(/<session [^>]*numero="([^"]+)"/g)].map(([, numero]) => numero)).toEqual(['21_S2_0']);
    expect((await set.statutOf(waiting)).statut).toBe('validee');
    for (const id of [whole, some]) expect(await set.statutOf(id)).toMatchObject({ statut: 'publiee' });
    expect(await set.db.asWorker((tx) => brokenLinks(tx, formation(1).id))).toEqual([]);
    const preview = await set.db.asWorker((tx) => previewRollBack(tx, first, D2));
    expect(preview.counts).toEqual({ revient: 0, part: 0, echue: 0, urgence: 2 });
    const back = await release(D2, { kind: 'rollback', target: first });
    expect(await set.file(back)).toBe(xml);
  });

  const importing = (...pieces: string[]) =>
    set.db.asWorker(async (tx) => {
      const { id } = await tx
        .insertInto('import')
        .values({ source: 'intercarif', user_id: ADMIN.userId, state: 'running' })
        .returning('id')
        .executeTakeFirstOrThrow();
      const rows = pieces.map((text, rang) => ({ import_id: id, rang, bytes: Buffer.from(text) }));
      await tx.insertInto('import_octets').values(rows).execute();
      return id;
    });
  const importState = async (id: string) => {
    const { rows } = await set.db.asWorker((tx) =>
      sql<{ state: string; pieces: number }>`select state, (select count(*)::int from import_octets o
        where o.import_id = i.id) as pieces from import i where id = ${id}`.execute(tx),
    );
    return rows[0];
  };

  it('removes a person from documents, bytes and history, for good', async () => {
    const person = { nom: 'DURAND', prenom: 'Zoé', courriel: 'zoe.durand@exemple.fr' };
    const base = formation(1);
    const named = {
      ...base,
      champs: {
        ...base.champs,
        'objectif-formation': 'Demander Zoé Durand à l’accueil.',
        'contact-formation': [{ coordonnees: person }],
      },
    };
    await set.accept(named, { day: DAY });
    await set.accept(formation(2), { day: DAY });
    const first = await release(DAY);
    expect(await set.file(first)).toContain('zoe.durand@exemple.fr');
    await set.accept(formation(2, { titre: 'Menuiserie' }), { day: D2 });
    const second = await release(D2);
    await set.db.asWorker((tx) =>
      sql`insert into urgence (kind, personne, par) values ('personne', ${JSON.stringify({ courriel: 'ZOE.durand@exemple.fr', nom: 'Durand', prenom: 'zoé' })}::jsonb, ${ADMIN.userId})`.execute(
        tx,
      ),
    );
    const [naming, other] = await Promise.all([
      importing('<nom>Durand</nom> zoe.dur', 'and@exemple.fr'),
      importing('x'),
    ]);
    expect(await erasePersons(set.db, instantOf(D2, 14))).toBe(1);
    expect(await importState(naming)).toEqual({ state: 'failed', pieces: 0 });
    expect(await importState(other)).toEqual({ state: 'running', pieces: 1 });
    const third = await release(D2, { kind: 'emergency' });
    const xml = await set.file(third);
    expect(xml).toContain('"21_1"');
    expect(xml).not.toMatch(/durand/i);
    expect(await set.delta(second, third)).toEqual({ changed: [{ numero: '21_1' }], deleted: [] });
    const erased = [first, second, third].map((n) => set.db.asWorker((tx) => isErased(tx, n)));
    expect(await Promise.all(erased)).toEqual([true, true, false]);
    const { rows } = await set.db.asWorker((tx) =>
      sql<{ left: number }>`select (select count(*) from fiche_version where document::text ilike '%durand%')
        + (select count(*) from soumission where document::text ilike '%durand%')
        + (select count(*) from urgence where personne is not null)
        + (select count(*) from journal where data::text ilike '%durand%') as left`.execute(tx),
    );
    expect(Number(rows[0]?.left)).toBe(0);
    const back = await release(D3, { kind: 'rollback', target: first });
    expect(await set.file(back)).not.toMatch(/durand/i);
    expect(await set.db.asWorker((tx) => brokenLinks(tx, formation(1).id))).toEqual([]);
  });
});

describe('another writer', () => {
  /** As if an older writer had made every byte that is published. */
  const age = (kept: number) =>
    set.db.asWorker(async (tx) => {
      await sql`update rendu set writer_version = ${WRITER_VERSION - 1}, input_hash = 'old-' || left(input_hash, 60)`.execute(
        tx,
      );
      await sql`update release_member set input_hash = 'old-' || left(input_hash, 60)`.execute(tx);
      await sql`update fiche_rendue set writer_version = ${WRITER_VERSION - 1}`.execute(tx);
      await sql`with other as (select sha256, 'e' || left(sha256, 63) as as_was from release_member where kind = 'formation'
          order by numero offset ${kept}),
        bytes as (insert into octets (sha256, gzip, valid) select o.as_was, b.gzip, true from other o join octets b using (sha256)),
        drawn as (update rendu r set sha256 = o.as_was from other o where o.sha256 = r.sha256)
        update release_member m set sha256 = o.as_was from other o where o.sha256 = m.sha256`.execute(tx);
    });

  it('that gives the same bytes changes nothing', async () => {
    await set.accept(formation(1), { day: DAY });
    const first = await release(DAY);
    await age(1);
    const second = await release(D2);
    expect(await set.record(second)).toMatchObject({ report: { difference: { changed: 0, reRendered: 0 } } });
    expect(await set.delta(first, second)).toEqual({ changed: [], deleted: [] });
    expect(await set.db.asWorker((tx) => otherWriterPage(tx, WRITER_VERSION, null, 10))).toEqual([]);
  });

  it('is listed apart, and waits for an administrator above five per cent', async () => {
    for (let k = 1; k <= 4; k += 1) await set.accept(formation(k), { day: DAY });
    await release(DAY);
    await age(1);
    await set.accept(formation(1, { titre: 'Ébénisterie' }), { day: D2 });
    const n = await release(D2);
    expect(await set.record(n)).toMatchObject({
      state: 'stopped',
      report: { reason: 'reRendered', difference: { changed: 1, reRendered: 3 } },
    });
    await set.db.asWorker((tx) => forceRelease(tx, n, act));
    await runRelease(set.db, n);
    expect(await set.record(n)).toMatchObject({
      state: 'published',
      report: { difference: { changed: 1, reRendered: 3 } },
    });
  });
});
