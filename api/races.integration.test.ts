import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '../db/connect.ts';
import { Stage } from '../db/moderation/stage.ts';
import { setAtPath } from '../domain/model/paths.ts';
import { type TokenAnswer, type TokenCall, tokenPerson } from '../ops/test/token-person.ts';
import { startWholeApi, type WholeApi } from '../ops/test/whole-api.ts';

const MODERATORS = 20;
const approve = { kind: 'approve', version: 1 };

let api: WholeApi;
let stage: Stage;
let organisme: { readonly id: string; readonly of: Viewer };
let moderators: readonly TokenCall[];

beforeAll(async () => {
  api = await startWholeApi();
  stage = new Stage(api.db, Date.now());
  organisme = await stage.organisme();
  const people = await Promise.all(Array.from({ length: MODERATORS }, () => stage.person('moderateur')));
  moderators = await Promise.all(people.map((viewer) => tokenPerson(api, viewer)));
}, 90_000);
afterAll(() => api.stop());

async function waiting(): Promise<string> {
  const id = await stage.deposit(organisme.of, stage.formation(organisme.id));
  await stage.check(id);
  return id;
}

async function waitingMany(count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n++) ids.push(await waiting());
  return ids;
}

async function decisionsOf(id: string): Promise<number> {
  const rows = await api.db.asWorker((sql) =>
    sql.selectFrom('journal').select('act').where('soumission_id', '=', id).where('act', '=', 'approve').execute(),
  );
  return rows.length;
}

const first = () => moderators[0] as TokenCall;
const second = () => moderators[1] as TokenCall;
const statuses = (answers: readonly TokenAnswer[]) =>
  Object.fromEntries(
    [...Map.groupBy(answers, ({ status }) => status)].map(([status, group]) => [status, group.length]),
  );

describe('many at once', () => {
  it('twenty moderators decide one item: one wins, nineteen are told by whom and what', async () => {
    const id = await waiting();
    const answers = await Promise.all(moderators.map((call) => call('POST', `/soumissions/${id}/decisions`, approve)));
    expect(statuses(answers)).toEqual({ 200: 1, 409: MODERATORS - 1 });
    for (const { status, body } of answers) {
      if (status !== 409) continue;
      expect(['deja-decidee', 'prise-par-un-collegue']).toContain(body.code);
      expect(body.by).toMatchObject({ nom: 'Quelqu’un', role: 'moderateur' });
      if (body.code === 'deja-decidee') expect(body).toMatchObject({ kind: 'approve', at: expect.any(String) });
    }
    expect(await decisionsOf(id)).toBe(1);
  });

  it('with a new revision in between all get 412 with the difference', async () => {
    const document = stage.formation(organisme.id);
    const id = await stage.deposit(organisme.of, document);
    await stage.check(id);
    const of = await tokenPerson(api, organisme.of);
    const path = '/champs/intitule-formation';
    const draft = await of('POST', '/brouillons', { document: setAtPath(document, path, 'CAP charpentier') });
    expect((await of('POST', `/brouillons/${draft.body.id}/depot`, {})).body).toMatchObject({ id, version: 2 });
    const answers = await Promise.all(moderators.map((call) => call('POST', `/soumissions/${id}/decisions`, approve)));
    expect(statuses(answers)).toEqual({ 412: MODERATORS });
    for (const { body } of answers) {
      expect(body).toMatchObject({ version: 2, difference: [{ path, after: 'CAP charpentier' }] });
    }
    expect(await decisionsOf(id)).toBe(0);
  });

  it('fifty identical requests with one key have one effect', async () => {
    const id = await waiting();
    const key = randomUUID();
    const calls = Array.from({ length: 50 }, () => first()('POST', `/soumissions/${id}/decisions`, approve, key));
    const answers = await Promise.all(calls);
    expect(answers.filter(({ status, body }) => status !== 200 && body.code !== 'cle-en-cours')).toEqual([]);
    expect((await first()('POST', `/soumissions/${id}/decisions`, approve, key)).body.statut).toBe('validee');
    expect(await decisionsOf(id)).toBe(1);
  });

  it('two users with the same key get two answers', async () => {
    const [mine, yours] = await waitingMany(2);
    const key = randomUUID();
    const answers = await Promise.all([
      first()('POST', `/soumissions/${mine}/decisions`, approve, key),
      second()('POST', `/soumissions/${yours}/decisions`, approve, key),
    ]);
    expect(answers.map(({ body }) => body.id)).toEqual([mine, yours]);
  });

  it('six moderators who ask for the next item are never given the same, and each is given one while any is left', async () => {
    const six = moderators.slice(0, 6);
    for (const call of six) while ((await call('POST', '/soumissions/next', {})).status === 200);
    const ids = await waitingMany(30);
    const taken = await Promise.all(
      six.map(async (call) => {
        const own: string[] = [];
        while (own.length < ids.length / six.length) {
          const { status, body } = await call('POST', '/soumissions/next', {});
          expect([status, body.claim?.mine]).toEqual([200, true]);
          own.push(body.id);
        }
        return own;
      }),
    );
    expect(taken.flat().sort()).toEqual([...ids].sort());
    for (const call of six) expect((await call('POST', '/soumissions/next', {})).status).toBe(204);
  });
});

async function ended(call: TokenCall, location: string): Promise<TokenAnswer> {
  for (;;) {
    const answer = await call('GET', location.replace('/api/v1', ''));
    if (answer.body.state === 'done' || answer.body.state === 'undone') return answer;
    await sleep(200);
  }
}

describe('a lot of decisions', () => {
  it('is previewed, decided in pages with a result per item, and taken back', async () => {
    const ids = await waitingMany(60);
    const [held = '', stale = ''] = ids;
    await second()('POST', `/soumissions/${held}/claim`, {});
    const items = ids.map((id) => ({ id, version: id === stale ? 7 : 1 }));
    const lot = { kind: 'approve', items };
    const preview = await first()('POST', '/decisions/bulk', { ...lot, dryRun: true });
    const outcomes = (body: { items: { id: string; code: string | null }[] }) =>
      body.items.filter(({ code }) => code !== null).map(({ id, code }) => [id, code]);
    const refused = [
      [held, 'prise-par-un-collegue'],
      [stale, 'version-perimee'],
    ];
    expect(outcomes(preview.body)).toEqual(refused);
    expect((await stage.state(ids[2] ?? ''))?.statut).toBe('controlee');
    const began = performance.now();
    const started = await first()('POST', '/decisions/bulk', lot);
    expect(started.status).toBe(202);
    const location = started.headers.get('Location') ?? '';
    const done = await ended(first(), location);
    console.info(`60 decisions in ${Math.round(performance.now() - began)} ms`);
    expect(done.body).toMatchObject({ state: 'done', total: 60, done: 60 });
    expect(outcomes(done.body)).toEqual(refused);
    expect(done.body.items[0].by).toMatchObject({ nom: 'Quelqu’un' });
    expect(done.body.items.filter(({ state }: { state: string }) => state === 'decided')).toHaveLength(58);
    expect((await second()('POST', `${location.replace('/api/v1', '')}/undo`)).status).toBe(403);
    expect((await first()('POST', `${location.replace('/api/v1', '')}/undo`)).status).toBe(202);
    const back = await ended(first(), location);
    expect(back.body.items.filter(({ state }: { state: string }) => state === 'undone')).toHaveLength(58);
    expect((await stage.state(ids[5] ?? ''))?.statut).toBe('controlee');
  });

  it('asks each fiche for the same fields, as one request does', async () => {
    const ids = await waitingMany(3);
    const items = ids.map((id) => ({ id, version: 1 }));
    const champs = [{ path: '/champs/contact-formation', reason: 'absent', comment: 'Un téléphone, svp.' }];
    const started = await first()('POST', '/decisions/bulk', { kind: 'requestChanges', items, champs });
    const done = await ended(first(), started.headers.get('Location') ?? '');
    expect(done.body).toMatchObject({ champs, state: 'done' });
    const of = await tokenPerson(api, organisme.of);
    for (const id of ids) {
      const { body } = await of('GET', `/soumissions/${id}`);
      expect(body).toMatchObject({ statut: 'correctionsDemandees', decision: { kind: 'requestChanges', champs } });
    }
  });

  it.each([
    ['that asks for changes of no field', { kind: 'requestChanges', items: [{ id: randomUUID(), version: 1 }] }, 400],
    [
      'that asks for changes of one fiche’s own row',
      {
        kind: 'requestChanges',
        items: [{ id: randomUUID(), version: 1 }],
        champs: [{ path: `/actions/${randomUUID()}/champs/niveau`, reason: 'absent', comment: '' }],
      },
      400,
    ],
    ['without a motif', { kind: 'refuse', items: [{ id: randomUUID(), version: 1 }] }, 400],
    [
      'of more than 500',
      { kind: 'approve', items: Array.from({ length: 501 }, () => ({ id: randomUUID(), version: 1 })) },
      400,
    ],
    ['of nothing', { kind: 'approve', items: [] }, 400],
    ['of what does not exist', { kind: 'approve', items: [{ id: randomUUID(), version: 1 }] }, 404],
  ])('%s is refused', async (_, body, status) => {
    expect((await first()('POST', '/decisions/bulk', body)).status).toBe(status);
  });
});
