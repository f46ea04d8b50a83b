import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { Viewer } from '../../../db/connect.ts';
import { enqueueMails } from '../../../db/mail/enqueue.ts';
import { linkToken } from '../../../db/mail/links.ts';
import { writeLane } from '../../../db/moderation/settings.ts';
import { Stage } from '../../../db/moderation/stage.ts';
import { aSession } from '../../../domain/model/builders.ts';
import { addDays } from '../../../domain/model/calendar.ts';
import type { FormationDocument } from '../../../domain/model/documents.ts';
import { DEFAULT_LANES, type Lane } from '../../../domain/model/lanes.ts';
import { startWholeApi, type WholeApi } from '../../../ops/test/whole-api.ts';

const PATIENCE_MS = 90_000;
const HOUR_MS = 3_600_000;

let api: WholeApi;
let stage: Stage;
let organisme: { readonly id: string; readonly of: Viewer };

beforeAll(async () => {
  api = await startWholeApi();
  stage = new Stage(api.db, Date.now());
  organisme = await stage.organisme();
}, PATIENCE_MS);
afterAll(() => api.stop());

/** Each session has days of its own: no rule has a word to say. */
function withOwnDays(document: FormationDocument): FormationDocument {
  const actions = document.actions.map((action) => ({
    ...action,
    sessions: action.sessions.map((session, n) => ({
      ...session,
      champs: aSession({ day: addDays(stage.day, n) }).champs,
    })),
  }));
  return { ...document, actions };
}

async function accepted(sessions: number): Promise<FormationDocument> {
  const document = withOwnDays(stage.formation(organisme.id, { sessions }));
  await stage.approve(await stage.deposit(organisme.of, document));
  return document;
}

const sessionsOf = ({ actions }: FormationDocument) =>
  actions.flatMap((action) => action.sessions.map(({ id }) => id as string));

/** Answers by the page of a mail, and waits for what the checks make of the soumission. */
async function cancel(asked: readonly string[]): Promise<string> {
  const [mail] = await api.db.asWorker((sql) =>
    enqueueMails(sql, [
      {
        kind: 'fraicheur',
        evenement: randomUUID(),
        to: { userId: organisme.of.userId },
        payload: { items: asked.map((session) => ({ session, stage: 'rappel1' })) },
        pasAvant: Date.now(),
        lienExpireLe: Date.now() + HOUR_MS,
      },
    ]),
  );
  const address = `/m/${linkToken(api.deps.settings.linkSecret, 'fraicheur', mail?.id ?? '')}`;
  const page = /name="page" value="([^"]+)"/.exec((await request(api.url).get(address)).text)?.[1] ?? '';
  const fields = Object.fromEntries(asked.map((_, place) => [`r${place}`, 'annulee']));
  const answer = await request(api.url)
    .post(address)
    .type('form')
    .send({ page, ...fields });
  expect(answer.text).toContain('C’est noté.');
  const given = await api.db.asWorker((sql) =>
    sql
      .selectFrom('fraicheur_reponse')
      .select('soumission_id')
      .where('courriel_id', '=', mail?.id ?? '')
      .execute(),
  );
  const id = given[0]?.soumission_id ?? '';
  const end = Date.now() + PATIENCE_MS;
  while ((await stage.state(id))?.statut === 'deposee' && Date.now() < end) await sleep(200);
  return id;
}

const lane = (change: Partial<Lane>) =>
  api.db.asWorker((sql) => {
    const [annulation] = DEFAULT_LANES.filter(({ id }) => id === 'annulation');
    if (annulation === undefined) throw new Error('no lane takes cancellations');
    return writeLane(sql, { lane: { ...annulation, ...change }, userId: organisme.of.userId, at: Date.now() });
  });

const inOffer = (formation: string) =>
  api.db.asWorker(async (sql) => {
    const rows = await sql
      .selectFrom('session')
      .select('id')
      .where('formation_id', '=', formation)
      .where('retire_le', 'is', null)
      .execute();
    return rows.map(({ id }) => id).sort();
  });

const usesOf = (id: string) =>
  api.db.asWorker((sql) =>
    sql.selectFrom('voie_usage').select(['voie_id', 'audite']).where('soumission_id', '=', id).execute(),
  );

const kindOf = (id: string) =>
  api.db.asWorker(async (sql) => {
    const row = await sql.selectFrom('soumission').select('kind').where('id', '=', id).executeTakeFirst();
    return row?.kind;
  });

describe('“cancelled”, said by the page of a mail', () => {
  it(
    'waits for people while the organisme’s record is short',
    async () => {
      const document = await accepted(2);
      const [first = ''] = sessionsOf(document);
      await lane({ approbations: 1_000 });
      const id = await cancel([first]);
      expect((await stage.state(id))?.statut).toBe('controlee');
      expect(await inOffer(document.id)).toEqual(sessionsOf(document).sort());
    },
    PATIENCE_MS,
  );

  it(
    'is accepted by the lane of a clean organisme: the session leaves the offer, the formation stays, an audit is drawn',
    async () => {
      await lane({ approbations: 1, auditPourcent: 100 });
      const document = await accepted(2);
      const [first = '', second = ''] = sessionsOf(document);
      const id = await cancel([first]);
      expect((await stage.state(id))?.statut).toBe('validee');
      expect(await inOffer(document.id)).toEqual([second]);
      expect(await usesOf(id)).toEqual([{ voie_id: 'annulation', audite: true }]);
    },
    PATIENCE_MS,
  );

  it(
    'of every session of a formation is a withdrawal, which people decide',
    async () => {
      await lane({ approbations: 1 });
      const document = await accepted(2);
      const id = await cancel(sessionsOf(document));
      expect(await kindOf(id)).toBe('withdrawal');
      expect((await stage.state(id))?.statut).toBe('controlee');
      expect(await inOffer(document.id)).toEqual(sessionsOf(document).sort());
    },
    PATIENCE_MS,
  );
});
