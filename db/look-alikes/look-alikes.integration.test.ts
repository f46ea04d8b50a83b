import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql as raw } from 'kysely';
import pg from 'pg';
import { aSession } from '../../domain/model/builders.ts';
import type { FormationDocument } from '../../domain/model/documents.ts';
import type { SessionId } from '../../domain/model/ids.ts';
import { createTestDatabase, type TestDatabase } from '../../ops/test/database.ts';
import { checkSoumission } from '../checks/check-soumission.ts';
import type { Viewer } from '../connect.ts';
import { rowsAgainstDocuments } from '../doctor/rows-against-documents.ts';
import { actorOf, REGION, Stage } from '../moderation/stage.ts';
import { deltaBetween } from '../publication/members.ts';
import { findLookAlikes } from './find.ts';
import { type Merge, mergeFiches } from './merge.ts';
import { readLookAlikes } from './read.ts';
import { keepVerdict } from './verdict.ts';

/** What autovacuum does by itself within a minute; only the owner may. */
async function analyzed(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('analyze formation, action, session, site, fiche, fiche_version');
  await client.end();
}

describe('formations that look alike', () => {
  let database: TestDatabase;
  let stage: Stage;
  let organisme: { id: string; of: Viewer };
  let neighbour: { id: string; of: Viewer };
  let moderatrice: Viewer;
  beforeAll(async () => {
    database = await createTestDatabase();
    stage = await Stage.open(database.url);
    organisme = await stage.organisme();
    neighbour = await stage.organisme();
    moderatrice = await stage.person('moderateur');
  });
  afterAll(async () => {
    await stage.close();
    await database.drop();
  });

  /** A formation with a title of its own, so that tests do not meet. */
  function titled(of: { id: string }, intitule: string): FormationDocument {
    const document = stage.formation(of.id);
    return { ...document, champs: { ...document.champs, 'intitule-formation': intitule } };
  }

  async function accepted(of: { id: string; of: Viewer }, intitule: string) {
    const document = titled(of, intitule);
    const soumission = await stage.deposit(of.of, document);
    await stage.approve(soumission, moderatrice);
    return { soumission, document };
  }

  async function proposed(of: { id: string; of: Viewer }, document: FormationDocument): Promise<string> {
    const id = await stage.deposit(of.of, document);
    await stage.check(id);
    return id;
  }

  const check = (id: string) =>
    stage.db.asWorker((sql) => checkSoumission(sql, { id, version: 1, at: stage.now, region: REGION }));
  const shownTo = (viewer: Viewer, id: string) => stage.db.asViewer(viewer, (sql) => readLookAlikes(sql, id));
  const merge = (given: Pick<Merge, 'soumissionId' | 'into' | 'from' | 'proposed'>) =>
    stage.db.asWorker((sql) => mergeFiches(sql, { ...given, by: actorOf(moderatrice), at: stage.now, region: REGION }));
  const ficheOf = (id: string) =>
    stage.db.asWorker((sql) => sql.selectFrom('fiche').selectAll().where('id', '=', id).executeTakeFirstOrThrow());
  const sessionsOf = (formation: string) =>
    stage.db.asWorker((sql) =>
      sql
        .selectFrom('session')
        .select(['id', 'numero'])
        .where('formation_id', '=', formation)
        .where('retire_le', 'is', null)
        .orderBy('id')
        .execute(),
    );

  it('are found by the checks in the same organisme and across, with the reasons, and shown to the Cariforef only', async () => {
    const same = await accepted(organisme, 'Tailleur de pierre en Anjou');
    const across = await accepted(neighbour, 'Tailleur de pierre en Anjou');
    await accepted(neighbour, 'Comptabilité des associations');
    const id = await proposed(organisme, titled(organisme, 'Tailleur de pierre en Anjou'));
    const found = await shownTo(moderatrice, id);
    expect(new Set(found.map(({ fiche }) => fiche))).toEqual(new Set([same.document.id, across.document.id]));
    const own = found.find(({ fiche }) => fiche === same.document.id);
    expect(own).toMatchObject({
      reasons: { certification: true, place: true, dates: true, organisme: true },
      organisme: { id: organisme.id },
      verdict: null,
      inOffer: true,
    });
    expect(own?.reasons.actions).toHaveLength(1);
    expect(await shownTo(organisme.of, id)).toEqual([]);
  });

  it('are not found for another course in another place at another time', async () => {
    await accepted(organisme, 'Soudage à l’arc sous gaz');
    const base = titled(neighbour, 'Langue des signes, niveau A1');
    const { certification: _none, ...champs } = base.champs;
    const id = await proposed(neighbour, { ...base, champs });
    expect(await shownTo(moderatrice, id)).toEqual([]);
  });

  it('are found among what waits too, by both reviews, with the reasons turned round', async () => {
    const first = titled(organisme, 'Gemmologie des pierres fines');
    const second = titled(organisme, 'Gemmologie des pierres fines');
    const [a, b] = [await proposed(organisme, first), await proposed(organisme, second)];
    const [seenByFirst, seenBySecond] = [await shownTo(moderatrice, a), await shownTo(moderatrice, b)];
    const waiting = { numero: null, inOffer: false, intitule: 'Gemmologie des pierres fines' };
    expect(seenByFirst).toMatchObject([{ ...waiting, fiche: second.id, soumission: b }]);
    expect(seenBySecond).toMatchObject([{ ...waiting, fiche: first.id, soumission: a }]);
    const [action, other] = [first.actions[0]?.id, second.actions[0]?.id];
    expect(seenByFirst[0]?.reasons.actions).toEqual([[action, other]]);
    expect(seenBySecond[0]?.reasons.actions).toEqual([[other, action]]);
    await stage.approve(a, moderatrice);
    expect(await shownTo(moderatrice, b)).toMatchObject([{ inOffer: true, soumission: null }]);
  });

  it('are found by many checked at the same time, none of which is turned away', async () => {
    const documents = Array.from({ length: 12 }, () => titled(organisme, 'Luthier de vielles à roue'));
    const ids: string[] = [];
    for (const document of documents) ids.push(await stage.deposit(organisme.of, document));
    for (let turn = 0; turn < 3; turn += 1) await Promise.all(ids.map((id) => check(id)));
    const seen = await Promise.all(ids.map((id) => shownTo(moderatrice, id)));
    expect(seen.every((others) => others.length > 0)).toBe(true);
  });

  it('keep the last word said of a pair', async () => {
    const same = await accepted(organisme, 'Vannerie d’osier brut');
    const document = titled(organisme, 'Vannerie d’osier brut');
    const id = await proposed(organisme, document);
    const said = { soumissionId: id, fiche: { id: document.id, organismeId: organisme.id }, other: same.document.id };
    for (const verdict of ['link', 'keepBoth'] as const) {
      await stage.db.asWorker((sql) => keepVerdict(sql, { ...said, verdict, by: actorOf(moderatrice), at: stage.now }));
    }
    expect((await shownTo(moderatrice, id)).map(({ verdict }) => verdict)).toEqual(['keepBoth']);
  });

  it('are made one: one numero stays, sessions move by id, the other is replaced by it', async () => {
    const kept = await accepted(organisme, 'Ferronnerie d’art au marteau');
    const left = await accepted(organisme, 'Ferronnerie d’art au marteau');
    const [action] = left.document.actions;
    if (action === undefined) throw new Error('no action');
    const extra = aSession({
      id: randomUUID() as SessionId,
      champs: { ...aSession({ day: stage.day }).champs, periode: { debut: '20290105', fin: '20290206' } },
      dispositifs: [],
    });
    const change = { ...left.document, actions: [{ ...action, sessions: [...action.sessions, extra] }] };
    const id = await proposed(organisme, change);
    await merge({ soumissionId: id, into: kept.document.id, from: left.document.id, proposed: change });
    expect(await ficheOf(left.document.id)).toMatchObject({ remplace_par: kept.document.id, version_n: 2 });
    expect((await ficheOf(left.document.id)).fermee_le).not.toBeNull();
    const own = kept.document.actions[0]?.sessions[0]?.id;
    expect(
      (await sessionsOf(kept.document.id)).map((session) => session.id).toSorted((a, b) => a.localeCompare(b)),
    ).toEqual([String(own), String(extra.id)].toSorted((a, b) => a.localeCompare(b)));
    expect(await sessionsOf(left.document.id)).toEqual([]);
  });

  it('move an accepted session with its numero, and rows stay what the documents say', async () => {
    const kept = await accepted(organisme, 'Dorure à la feuille');
    const later = { periode: { debut: '20280303', fin: '20280404' } };
    const base = titled(organisme, 'Dorure à la feuille');
    const moved = {
      ...base,
      actions: base.actions.map((action) => ({
        ...action,
        sessions: action.sessions.map((session) => ({ ...session, champs: { ...session.champs, ...later } })),
      })),
    };
    const first = await stage.deposit(organisme.of, moved);
    await stage.approve(first, moderatrice);
    const [before] = await sessionsOf(moved.id);
    await merge({ soumissionId: first, into: kept.document.id, from: moved.id, proposed: null });
    expect(await sessionsOf(kept.document.id)).toContainEqual(before);
    const drifts = await stage.db.asWorker((sql) => rowsAgainstDocuments(sql, null, 1_000));
    expect(drifts.drifts).toEqual([]);
    await merge({ soumissionId: first, into: kept.document.id, from: moved.id, proposed: null });
    expect((await ficheOf(kept.document.id)).version_n).toBe(2);
  });

  it('are not taken apart again by the OF: what moved would be lost', async () => {
    const kept = await accepted(organisme, 'Marqueterie de paille');
    const left = await accepted(organisme, 'Marqueterie de paille');
    await merge({ soumissionId: left.soumission, into: kept.document.id, from: left.document.id, proposed: null });
    const made = await stage.db.asWorker((sql) =>
      sql
        .selectFrom('soumission')
        .select('id')
        .where('fiche_id', 'in', [kept.document.id, left.document.id])
        .where('conduite', '=', 'lot')
        .execute(),
    );
    expect(made).toHaveLength(2);
    for (const { id } of made) {
      const taken = stage.apply(id, { kind: 'withdraw', by: actorOf(organisme.of) });
      await expect(taken).rejects.toMatchObject({ code: 'annulation-depassee' });
    }
  });

  it('are not taken apart by the undo of the refusal that ended the merged one', async () => {
    const kept = await accepted(organisme, 'Maréchalerie à froid');
    const document = titled(organisme, 'Maréchalerie à froid');
    const id = await proposed(organisme, document);
    await merge({ soumissionId: id, into: kept.document.id, from: document.id, proposed: document });
    const by = actorOf(moderatrice);
    await stage.apply(id, { kind: 'decide', by, decision: { kind: 'refuse', version: 1 } });
    await expect(stage.apply(id, { kind: 'undo', by })).rejects.toMatchObject({ code: 'annulation-depassee' });
    expect((await stage.state(id))?.statut).toBe('refusee');
  });

  it('tell a release what replaced the one that left', async () => {
    const kept = await accepted(organisme, 'Reliure de livres anciens');
    const left = await accepted(organisme, 'Reliure de livres anciens');
    await merge({ soumissionId: left.soumission, into: kept.document.id, from: left.document.id, proposed: null });
    const numeros = await stage.db.asWorker((sql) =>
      sql
        .selectFrom('formation')
        .select(['id', 'numero'])
        .where('id', 'in', [kept.document.id, left.document.id])
        .execute(),
    );
    const numeroOf = (id: string) => numeros.find((row) => row.id === id)?.numero;
    await stage.db.asWorker((sql) =>
      raw`insert into release_member (fiche_id, from_release, to_release, numero, kind, sha256, version_n, input_hash, reason)
        values (${left.document.id}, 1, 2, ${numeroOf(left.document.id)}, 'formation', 'a', 1, 'b', 'retiree')`.execute(
        sql,
      ),
    );
    const delta = await stage.db.asWorker((sql) => deltaBetween(sql, 1, 2));
    expect(delta.deleted).toEqual([
      expect.objectContaining({ numero: numeroOf(left.document.id), replacedBy: numeroOf(kept.document.id) }),
    ]);
  });

  it.each(['organisme', 'nonAcceptee'] as const)('are not made one against the wall: %s', async (raison) => {
    const kept = await accepted(organisme, `Sellerie ${raison}`);
    const of = raison === 'organisme' ? neighbour : organisme;
    const document = titled(of, `Sellerie ${raison}`);
    const id = await proposed(of, document);
    const [into, from] = raison === 'organisme' ? [kept.document.id, document.id] : [document.id, kept.document.id];
    const refused = merge({ soumissionId: id, into, from, proposed: null });
    await expect(refused).rejects.toMatchObject({ code: 'fusion-interdite', details: { raison } });
  });

  it('are found among 20 000 formations', async () => {
    const twin = await accepted(organisme, 'CAP ébéniste parcours 12');
    await stage.db.asWorker(async (sql) => {
      await raw`insert into formation (id, organisme_id, numero, intitule, certifiante, rncp, source, version_n, maj, creee)
        select gen_random_uuid(), ${neighbour.id}::uuid, 'x' || i, (array['CAP', 'BP', 'Titre', 'Licence'])[1 + i % 4] || ' '
          || (array['ébéniste', 'menuisier', 'soudeur', 'cuisinier', 'comptable', 'électricien'])[1 + i % 6] || ' parcours ' || i % 300,
          true, 'RNCP' || (37000 + i % 60), 'x', 1, '2026-01-01', '2026-01-01' from generate_series(1, 20000) i`.execute(
        sql,
      );
      await raw`insert into action (id, formation_id, numero, insee, rang, maj, creee, hash)
        select gen_random_uuid(), id, numero, '44109', 0, maj, maj, 'h' from formation where numero like 'x%'`.execute(
        sql,
      );
      await raw`insert into session (id, formation_id, action_id, numero, debut, fin, rang, maj, creee, hash)
        select gen_random_uuid(), formation_id, id, numero, '20270101', '20270601', 0, maj, maj, 'h' from action where numero like 'x%'`.execute(
        sql,
      );
    });
    await analyzed(database.url);
    const one = titled(organisme, 'CAP ébéniste parcours 12');
    const began = performance.now();
    const found = await stage.db.asWorker((sql) => findLookAlikes(sql, one));
    process.stdout.write(`look-alikes among 20 000 formations: ${(performance.now() - began).toFixed(1)} ms\n`);
    expect(found[0]?.other).toBe(twin.document.id);
  });
});
