import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { errorCodeOf } from '../../domain/model/errors.ts';
import type { Actor } from '../../domain/model/requests.ts';
import { type Act, actsFrom, isActOf, nextStatut, OPEN_STATUTS } from '../../domain/model/statuts.ts';
import { ROLES, type Role, STATUTS, type Statut } from '../../domain/model/vocabulary.ts';
import { createTestDatabase, type TestDatabase } from '../../ops/test/database.ts';
import { checkSoumission } from '../checks/check-soumission.ts';
import { json, type Sql, type Viewer } from '../connect.ts';
import { abandonBrouillon } from './abandon.ts';
import { createBrouillon, depositBrouillon, type Effect, keepWords } from './index.ts';
import { actorOf, REGION, Stage } from './stage.ts';

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
const DAY_MS = 24 * 3_600_000;
const REFUSED = ['transition-interdite', 'deja-decidee'];

describe('every move of the table, on real rows', () => {
  let database: TestDatabase;
  let stage: Stage;
  let organisme: { id: string; of: Viewer };
  let moderatrice: Viewer;
  let administrateur: Viewer;
  let consommateur: Viewer;
  beforeAll(async () => {
    database = await createTestDatabase();
    stage = await Stage.open(database.url);
    organisme = await stage.organisme();
    moderatrice = await stage.person('moderateur');
    administrateur = await stage.person('administrateur');
    consommateur = await stage.person('consommateur');
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

  async function effectOf(asked: Asked, id: string, by: Actor): Promise<Effect> {
    const version = (await stage.state(id))?.version ?? 0;
    if (asked === 'claim') return { kind: 'claim', by, takeOver: false };
    if (asked === 'giveBack' || asked === 'undo') return { kind: asked, by };
    if (asked === 'retirer') return { kind: 'withdraw', by };
    if (asked === 'reviser') return { kind: 'revise', by, brouillonId: await frozenDraft(id) };
    if (asked === 'mend') {
      const mends = [{ path: '/champs/intitule-formation', value: 'CAP charpentier', reason: 'intitulé' }];
      const words = await stage.db.asWorker((sql) => keepWords(sql, { soumissionId: id, words: { mends } }));
      return { kind: 'mend', by, version, words };
    }
    return { kind: 'decide', by, decision: { kind: asked, version } };
  }

  /** Whom the table lets do it; of a withdrawal the OF, since nobody entered on its behalf here. */
  function isTheirs(asked: Asked, role: Role): boolean {
    if (asked === 'retirer') return role === 'of';
    return isActOf(asked === 'mend' ? 'approve' : asked, role);
  }

  /** Where the table leads: a decision on what waits claims first, a mend is a revision but of what the OF has in hand. */
  function expected(from: Statut, asked: Asked): Statut | undefined {
    if (asked === 'mend') return from === 'correctionsDemandees' ? undefined : nextStatut(from, 'reviser');
    if (asked === 'claim' && from === 'enRevue') return 'enRevue';
    const decides = asked === 'approve' || asked === 'refuse' || asked === 'requestChanges';
    return nextStatut(from, asked) ?? (decides ? nextStatut(nextStatut(from, 'claim') ?? from, asked) : undefined);
  }

  const moves = STATUTS.flatMap((from) => ASKED.map((asked) => [asked, from, expected(from, asked)] as const));
  const cases = moves.flatMap(([asked, from, to]) => ROLES.map((role) => [asked, from, role, to] as const));

  it.each(cases)('%s from %s by %s leads to %s', async (asked, from, role, to) => {
    const isMove = to !== undefined && isTheirs(asked, role);
    const id = isMove ? await at(from) : await unmoved(from);
    expect((await stage.state(id))?.statut).toBe(from);
    const own = { of: organisme.of, moderateur: moderatrice, administrateur, consommateur };
    const effect = await effectOf(asked, id, actorOf(own[role]));
    // A colleague's claim is another matter than the table.
    if (isMove && from === 'enRevue' && role === 'administrateur') await stage.apply(id, takenOver());
    const { seq } = (await stage.state(id)) ?? { seq: -1 };
    const after = await stage.apply(id, effect).catch((error: unknown) => errorCodeOf(error));
    if (isMove) {
      expect(after).toMatchObject({ statut: to });
      return;
    }
    expect(to === undefined && isTheirs(asked, role) ? REFUSED : [...REFUSED, 'interdit']).toContain(after);
    expect((await stage.state(id))?.seq).toBe(seq);
  });

  /** One soumission for all that a statut refuses: each refusal leaves it as it was. */
  const still = new Map<Statut, string>();
  async function unmoved(from: Statut): Promise<string> {
    const id = still.get(from) ?? (await at(from));
    still.set(from, id);
    return id;
  }

  const takenOver = () => ({ kind: 'claim', by: actorOf(administrateur), takeOver: true }) as const;

  /** What the system does of itself, asked for in every statut, at a time when each is due. */
  const OWN = {
    checked: { kind: 'checked', version: 1 },
    leaseOver: { kind: 'leaseOver' },
    abandon: { kind: 'abandon' },
    remind: { kind: 'remind' },
  } as const satisfies Record<string, Effect>;
  const MOVED: Readonly<Record<keyof typeof OWN, Readonly<Partial<Record<Statut, Statut>>>>> = {
    checked: { deposee: 'controlee' },
    leaseOver: { enRevue: 'controlee' },
    abandon: { correctionsDemandees: 'abandonnee' },
    remind: { correctionsDemandees: 'correctionsDemandees' },
  };
  const names = Object.keys(OWN) as (keyof typeof OWN)[];

  it.each(names.flatMap((name) => STATUTS.map((from) => [name, from, MOVED[name][from]] as const)))(
    'the system’s own %s from %s leads to %s',
    async (name, from, to) => {
      const id = to === undefined ? await unmoved(from) : await at(from);
      if (name === 'checked') {
        await stage.db.asWorker((sql) => checkSoumission(sql, { id, version: 1, at: stage.now, region: REGION }));
      }
      const { seq } = (await stage.state(id)) ?? { seq: -1 };
      stage.now += 61 * DAY_MS;
      try {
        const after = await stage.apply(id, OWN[name]);
        expect([after.statut, after.seq > seq]).toEqual([to ?? from, to !== undefined]);
      } finally {
        stage.now -= 61 * DAY_MS;
      }
    },
  );

  it.each(STATUTS)('only a draft is deposited or given up: %s', async (from) => {
    const id = await at(from);
    const by = actorOf(organisme.of);
    const asOf = <T>(work: (sql: Sql) => Promise<T>) => stage.db.asViewer(organisme.of, work);
    const give = () => asOf((sql) => abandonBrouillon(sql, { id, by, at: stage.now }));
    const deposit = () =>
      asOf((sql) => depositBrouillon(sql, { brouillonId: id, by, at: stage.at, dueHour: REGION.dueHour }));
    if (from === 'brouillon') {
      expect((await deposit()).next).toBe('start');
      await expect(give()).rejects.toMatchObject({ code: 'transition-interdite' });
      return;
    }
    await expect(give()).rejects.toMatchObject({ code: 'transition-interdite' });
    // The answer to a request for changes is typed on the soumission itself.
    if (from === 'correctionsDemandees') expect((await deposit()).next).toBe('revise');
    else await expect(deposit()).rejects.toMatchObject({ code: 'transition-interdite' });
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
