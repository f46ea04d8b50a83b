import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { errorCodeOf } from '../../domain/model/errors.ts';
import { type Act, actsFrom, nextStatut, OPEN_STATUTS } from '../../domain/model/statuts.ts';
import { STATUTS, type Statut } from '../../domain/model/vocabulary.ts';
import { createTestDatabase, type TestDatabase } from '../../ops/test/database.ts';
import { json, type Viewer } from '../connect.ts';
import { createBrouillon, type Effect, keepWords } from './index.ts';
import { actorOf, Stage } from './stage.ts';

/** How each act of people is asked for; those of the system have commands of their own, tested elsewhere. */
const ASKED = [
  'claim',
  'giveBack',
  'approve',
  'refuse',
  'requestChanges',
  'undo',
  'retirer',
  'reviser',
  'mend',
] as const;
type Asked = (typeof ASKED)[number];
const REFUSED = ['transition-interdite', 'deja-decidee'];

describe('every move of the table, on real rows', () => {
  let database: TestDatabase;
  let stage: Stage;
  let organisme: { id: string; of: Viewer };
  let moderatrice: Viewer;
  beforeAll(async () => {
    database = await createTestDatabase();
    stage = await Stage.open(database.url);
    organisme = await stage.organisme();
    moderatrice = await stage.person('moderateur');
  });
  afterAll(async () => {
    await stage.close();
    await database.drop();
  });

  const move = (id: string, statut: Statut) =>
    stage.db.asWorker((sql) => sql.updateTable('soumission').set({ statut }).where('id', '=', id).execute());

  /** A soumission that came to a statut the way people bring it there. */
  async function at(statut: Statut): Promise<string> {
    const document = stage.formation(organisme.id);
    if (statut === 'brouillon') {
      const input = { viewer: organisme.of, document, at: stage.now };
      return (await stage.db.asViewer(organisme.of, (sql) => createBrouillon(sql, input))).id;
    }
    const id = await stage.deposit(organisme.of, document);
    if (statut === 'deposee') return id;
    await stage.check(id);
    const decide = (kind: 'approve' | 'refuse' | 'requestChanges') =>
      stage.apply(id, { kind: 'decide', by: actorOf(moderatrice), decision: { kind, version: 1 } });
    if (statut === 'enRevue') await stage.apply(id, { kind: 'claim', by: actorOf(moderatrice), takeOver: false });
    if (statut === 'validee' || statut === 'publiee') await decide('approve');
    if (statut === 'refusee') await decide('refuse');
    if (statut === 'correctionsDemandees') await decide('requestChanges');
    if (statut === 'retiree') await stage.apply(id, { kind: 'withdraw', by: actorOf(organisme.of) });
    if (statut === 'publiee' || statut === 'abandonnee') await move(id, statut);
    return id;
  }

  /** A frozen draft that waits to be the next revision of a soumission. */
  async function frozenDraft(id: string): Promise<string> {
    return stage.db.asWorker(async (sql) => {
      const row = await sql.selectFrom('soumission').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
      const { fiche_id, organisme_id, kind, source, document, document_hash } = row;
      const draft = await sql
        .insertInto('soumission')
        .values({ fiche_id, organisme_id, kind, source, document: json(document), document_hash, statut: 'brouillon' })
        .returning('id')
        .executeTakeFirstOrThrow();
      const payload = json<unknown>({ brouillonId: draft.id, by: actorOf(organisme.of) });
      await sql.insertInto('outbox').values({ kind: 'revise', subject_id: id, payload }).execute();
      return draft.id;
    });
  }

  async function effectOf(asked: Asked, id: string): Promise<Effect> {
    const by = actorOf(moderatrice);
    const version = (await stage.state(id))?.version ?? 0;
    if (asked === 'claim') return { kind: 'claim', by, takeOver: false };
    if (asked === 'giveBack' || asked === 'undo') return { kind: asked, by };
    if (asked === 'retirer') return { kind: 'withdraw', by: actorOf(organisme.of) };
    if (asked === 'reviser') {
      return { kind: 'revise', by: actorOf(organisme.of), brouillonId: await frozenDraft(id) };
    }
    if (asked === 'mend') {
      const mends = [{ path: '/champs/intitule-formation', value: 'CAP charpentier', reason: 'intitulé' }];
      const words = await stage.db.asWorker((sql) => keepWords(sql, { soumissionId: id, words: { mends } }));
      return { kind: 'mend', by, version, words };
    }
    return { kind: 'decide', by, decision: { kind: asked, version } };
  }

  /** Where the table leads: a decision on what waits claims first, a mend is a revision but of what the OF has in hand. */
  function expected(from: Statut, asked: Asked): Statut | undefined {
    if (asked === 'mend') return from === 'correctionsDemandees' ? undefined : nextStatut(from, 'reviser');
    if (asked === 'claim' && from === 'enRevue') return 'enRevue';
    return nextStatut(from, asked) ?? nextStatut(nextStatut(from, 'claim') ?? from, asked);
  }

  const cases = STATUTS.flatMap((from) => ASKED.map((asked) => [asked, from, expected(from, asked)] as const)).filter(
    ([asked, from]) => !(asked === 'giveBack' && from === 'controlee'),
  );

  it.each(cases)('%s from %s leads to %s', async (asked, from, to) => {
    const id = await at(from);
    const before = await stage.state(id);
    expect(before?.statut).toBe(from);
    const effect = await effectOf(asked, id);
    const after = await stage.apply(id, effect).catch((error: unknown) => errorCodeOf(error));
    if (to === undefined) {
      expect(REFUSED).toContain(after);
      expect((await stage.state(id))?.seq).toBe(before?.seq);
    } else {
      expect(after).toMatchObject({ statut: to });
    }
  });

  it('covers every act that the table lets people do', () => {
    const ofSystem: Act[] = ['deposer', 'controler', 'renvoyer', 'approveByRule', 'abandonner', 'publier'];
    const all = new Set(STATUTS.flatMap(actsFrom));
    expect([...all].filter((act) => !ofSystem.includes(act)).sort()).toEqual(
      ASKED.filter((asked) => asked !== 'mend').toSorted(),
    );
    expect(OPEN_STATUTS.every((statut) => nextStatut(statut, 'reviser') === 'deposee')).toBe(true);
  });
});
