import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { UNDO_WAIT_MS } from '../../domain/model/mail.ts';
import { PAYS_DE_LA_LOIRE } from '../../domain/model/region.ts';
import { createTestDatabase, type TestDatabase } from '../../ops/test/database.ts';
import { keepDecision } from '../moderation/index.ts';
import { leaveMessage } from '../moderation/messages.ts';
import { actorOf, Stage } from '../moderation/stage.ts';
import { withdrawAtOnce } from '../moderation/withdraw-at-once.ts';
import { tellRelease } from './tell.ts';

let test: TestDatabase;
let stage: Stage;

beforeAll(async () => {
  test = await createTestDatabase();
  stage = await Stage.open(test.url);
});
afterAll(async () => {
  await stage?.close();
  await test?.drop();
});

const mailsOf = (soumissionId: string) =>
  stage.db.asWorker((sql) =>
    sql
      .selectFrom('courriel')
      .select(['kind', 'user_id', 'state', 'pas_avant', 'payload'])
      .where('soumission_id', '=', soumissionId)
      .orderBy('id')
      .execute(),
  );

/** A checked formation of a fresh organisme, entered by one of its two people. */
async function aChecked() {
  const { id: organisme, of } = await stage.organisme();
  const colleague = await stage.person('of', [organisme]);
  const id = await stage.deposit(of, stage.formation(organisme));
  await stage.check(id);
  return { organisme, of, colleague, id, moderator: await stage.person('moderateur') };
}

async function decide(id: string, by: Awaited<ReturnType<Stage['person']>>, kind: 'refuse' | 'requestChanges') {
  const version = (await stage.state(id))?.version ?? 0;
  const wish = kind === 'refuse' ? { kind, version, motif: 'Hors région' } : { kind, version, champs: [] };
  const decision = await stage.db.asWorker((sql) => keepDecision(sql, { soumissionId: id, decision: wish }));
  await stage.apply(id, { kind: 'decide', by: actorOf(by), decision });
}

describe('what is told by mail', () => {
  it('is an entry that came in, to the colleagues of who deposited it and never to them', async () => {
    const { id, colleague } = await aChecked();
    expect(await mailsOf(id)).toMatchObject([{ kind: 'recu', user_id: colleague.userId }]);
  });

  it('is a decision, to who entered it, after the time of its undo', async () => {
    const { id, of, moderator } = await aChecked();
    await stage.approve(id, moderator);
    const told = (await mailsOf(id)).filter(({ kind }) => kind === 'decision');
    expect(told).toMatchObject([{ user_id: of.userId, state: 'attente', payload: { sens: 'approve' } }]);
    expect(told[0]?.pas_avant.getTime()).toBe(stage.now + UNDO_WAIT_MS);
  });

  it('is a decision to everybody who enters once its author has left', async () => {
    const { id, of, colleague, moderator } = await aChecked();
    await stage.db.asWorker((sql) =>
      sql.updateTable('user_account').set({ actif: false }).where('id', '=', of.userId).execute(),
    );
    await decide(id, moderator, 'requestChanges');
    const told = (await mailsOf(id)).filter(({ kind }) => kind === 'corrections');
    expect(told.map(({ user_id }) => user_id)).toEqual([colleague.userId]);
  });

  it('is no decision that was taken back before its mail left', async () => {
    const { id, moderator } = await aChecked();
    await decide(id, moderator, 'refuse');
    await stage.apply(id, { kind: 'undo', by: actorOf(moderator) });
    const states = (await mailsOf(id)).filter(({ kind }) => kind !== 'recu').map(({ kind, state }) => [kind, state]);
    expect(states).toEqual([['decision', 'annule']]);
  });

  it('is that a decision no longer holds, once its mail had left', async () => {
    const { id, of, moderator } = await aChecked();
    await decide(id, moderator, 'refuse');
    await stage.db.asWorker((sql) =>
      sql.updateTable('courriel').set({ state: 'envoye' }).where('kind', '=', 'decision').execute(),
    );
    await stage.apply(id, { kind: 'undo', by: actorOf(moderator) });
    const told = (await mailsOf(id)).filter(({ kind }) => kind === 'annulation');
    expect(told).toMatchObject([{ user_id: of.userId, state: 'attente' }]);
  });

  it('is a second decision after an undo, by itself', async () => {
    const { id, moderator } = await aChecked();
    await decide(id, moderator, 'refuse');
    await stage.apply(id, { kind: 'undo', by: actorOf(moderator) });
    await stage.approve(id, moderator);
    const told = (await mailsOf(id)).filter(({ kind }) => kind === 'decision');
    expect(told.map(({ state, payload }) => [payload.sens, state])).toEqual([
      ['refuse', 'annule'],
      ['approve', 'attente'],
    ]);
  });

  it('is a message of the Cariforef to the OF, left behind the wall', async () => {
    const { id, of, moderator } = await aChecked();
    const message = { viewer: moderator, soumissionId: id, kind: 'message', texte: 'Bonjour', at: stage.now } as const;
    await stage.db.asViewer(moderator, (sql) => leaveMessage(sql, message));
    await stage.db.asViewer(of, (sql) => leaveMessage(sql, { ...message, viewer: of }));
    const told = (await mailsOf(id)).filter(({ kind }) => kind === 'message');
    expect(told).toMatchObject([{ user_id: of.userId }]);
  });

  it('is a formation that the Cariforef took out of the offer', async () => {
    const { organisme, of, moderator } = await aChecked();
    const document = stage.formation(organisme);
    const id = await stage.deposit(of, document);
    await stage.approve(id, moderator);
    const taken = await stage.db.asWorker((sql) =>
      withdrawAtOnce(sql, {
        ficheId: document.id,
        by: actorOf(moderator),
        at: stage.at,
        motif: 'Fermé',
        region: PAYS_DE_LA_LOIRE,
      }),
    );
    expect((await mailsOf(taken)).filter(({ kind }) => kind === 'retrait').length).toBe(2);
  });

  it('is one mail per person for all that a release published', async () => {
    const { id, organisme, of } = await aChecked();
    const second = await stage.deposit(of, stage.formation(organisme));
    const rows = [id, second].map((one) => ({ id: one, reason: null }));
    const n = Math.floor(Math.random() * 1e6);
    for (const row of rows) {
      await stage.db.asWorker((sql) => tellRelease(sql, { n, kind: 'publie', at: stage.now }, [row]));
    }
    const told = await stage.db.asWorker((sql) =>
      sql.selectFrom('courriel').selectAll().where('user_id', '=', of.userId).where('kind', '=', 'publie').execute(),
    );
    expect(told).toHaveLength(1);
    expect(told[0]?.payload.items?.map(({ soumission }) => soumission)).toEqual([id, second]);
    expect(told[0]?.cle).toBe(`publie:release-${n}:${of.userId}`);
  });
});
