import { z } from 'zod';
import type { Sql, Viewer } from '../db/connect.ts';
import { keepAnswers } from '../db/fraicheur/answer.ts';
import { askedSessions } from '../db/fraicheur/asked.ts';
import {
  BOARD_SORTS,
  type BoardRow,
  CALL_SORTS,
  readAnswersGiven,
  readBoard,
  readCalls,
} from '../db/fraicheur/board.ts';
import { freshnessFigures } from '../db/fraicheur/figures.ts';
import { FRESHNESS_SETTINGS, readFreshnessSettings, writeFreshnessSettings } from '../db/fraicheur/settings.ts';
import { tryFreshness } from '../db/fraicheur/trial.ts';
import { businessDay } from '../db/horloge.ts';
import {
  appel,
  chiffresFraicheur,
  confirmation,
  confirmationBody,
  essaiFraicheur,
  reponseFraicheur,
  sessionFraicheur,
} from '../domain/contract/fraicheur.contract.ts';
import { FRESHNESS_CAUSES } from '../domain/model/fraicheur/causes.ts';
import { FRESHNESS_STAGES } from '../domain/model/fraicheur/stages.ts';
import type { InstantMs } from '../domain/model/ids.ts';
import { type Endpoint, endpoint } from './endpoint.ts';
import { listEndpoints } from './list-endpoint.ts';
import { anyOf, ids } from './lists.ts';
import { actorOf } from './soumissions/acts.ts';
import { iso } from './time.ts';

const dto = ({ organisme, nom, ...row }: BoardRow) => ({ ...row, organisme: { id: organisme, nom } });

const board = listEndpoints({
  path: '/fraicheur',
  noun: 'fraicheur',
  summary: 'Sessions that wait for a word, by stage; an OF sees its own',
  tag: 'fraicheur',
  access: ['read', 'fraicheur'],
  filter: z.strictObject({
    stade: anyOf(z.enum(FRESHNESS_STAGES)).optional(),
    cause: anyOf(z.enum(FRESHNESS_CAUSES)).optional(),
    organisme: ids.optional(),
  }),
  sorts: BOARD_SORTS,
  first: ['stadeLe', 'asc'],
  row: sessionFraicheur,
  read: async ({ deps, viewer }, asked) => {
    const { rows, total } = await deps.db.asViewer(viewer, (sql) => readBoard(sql, asked));
    return { rows: rows.map(dto), total };
  },
});

const calls = listEndpoints({
  path: '/fraicheur/appels',
  noun: 'appels',
  summary: 'Organismes that owe answers, with their telephone: who never answered first',
  tag: 'fraicheur',
  access: ['read', 'reglage'],
  filter: z.strictObject({}),
  sorts: CALL_SORTS,
  first: ['reponse', 'asc'],
  row: appel,
  read: ({ deps, viewer }, asked) => deps.db.asViewer(viewer, (sql) => readCalls(sql, asked)),
});

const answers = listEndpoints({
  path: '/fraicheur/reponses',
  noun: 'reponses',
  summary: 'Who answered what about which session, and by which mail',
  tag: 'fraicheur',
  access: ['read', 'fraicheur'],
  filter: z.strictObject({ organisme: ids.optional() }),
  sorts: ['at'],
  first: ['at', 'desc'],
  row: reponseFraicheur,
  read: async ({ deps, viewer }, asked) => {
    const read = (sql: Sql) => readAnswersGiven(sql, asked.filter.organisme, asked);
    const { rows, total } = await deps.db.asViewer(viewer, read);
    return { rows: rows.map((row) => ({ ...row, at: iso(row.at) })), total };
  },
});

/** The sessions asked for that the viewer may answer for: the wall decides. */
async function ownSessions(sql: Sql, viewer: Viewer, asked: readonly string[] | undefined): Promise<string[]> {
  if (asked === undefined) {
    const { rows } = await readBoard(sql, { filter: {}, from: 0, limit: 10_000, sort: ['debut', 'asc'] });
    return rows.filter(({ stade, cause }) => stade !== 'archivee' && cause !== 'sessionTerminee').map(({ id }) => id);
  }
  const sessions = await askedSessions(sql, asked, await businessDay(sql, Date.now()));
  return sessions
    .filter(({ organisme }) => viewer.role !== 'of' || viewer.organismes.includes(organisme))
    .map(({ session }) => session);
}

const confirm = endpoint({
  method: 'post',
  path: '/fraicheur/confirmations',
  summary: 'Says that sessions are still right: a confirmation each, no soumission; none that has ended',
  tag: 'fraicheur',
  access: ['update', 'fraicheur'],
  idempotency: 'optional',
  body: confirmationBody,
  answers: { 200: confirmation },
  async handle({ deps, viewer, body }) {
    const asked = 'all' in body ? undefined : [...new Set(body.sessions)];
    const own = await deps.db.asViewer(viewer, (sql) => ownSessions(sql, viewer, asked));
    const kept = await deps.db.asWorker((sql) =>
      keepAnswers(sql, {
        answers: own.map((session) => ({ session, kind: 'valable' })),
        by: actorOf(viewer),
        voie: viewer.role === 'of' ? 'espace' : 'telephone',
        courrielId: null,
        at: Date.now() as InstantMs,
        dueHour: deps.region.dueHour,
      }),
    );
    const count = (outcome: (typeof kept)[number]['outcome']) => kept.filter((one) => one.outcome === outcome).length;
    const unknown = (asked?.length ?? own.length) - own.length;
    const found = { confirmees: count('gardee'), archivees: count('archivee'), absentes: count('absente') + unknown };
    return { body: found };
  },
});

const readSettings = endpoint({
  method: 'get',
  path: '/fraicheur/reglages',
  summary: 'The periods of freshness, and whether it is switched on',
  tag: 'fraicheur',
  access: ['read', 'reglage'],
  answers: { 200: FRESHNESS_SETTINGS },
  handle: async ({ deps, viewer }) => ({ body: await deps.db.asViewer(viewer, readFreshnessSettings) }),
});

const writeSettings = endpoint({
  method: 'put',
  path: '/fraicheur/reglages',
  summary: 'Sets them, from the next pass on; cycles that began keep their day',
  tag: 'fraicheur',
  access: ['update', 'reglage'],
  body: FRESHNESS_SETTINGS,
  answers: { 200: FRESHNESS_SETTINGS },
  handle: ({ deps, viewer, body }) =>
    deps.db.asViewer(viewer, async (sql) => {
      await writeFreshnessSettings(sql, { settings: body, userId: viewer.userId, at: Date.now() });
      return { body: await readFreshnessSettings(sql) };
    }),
});

const trial = endpoint({
  method: 'post',
  path: '/fraicheur/essai',
  summary: 'What settings would do to the present offer, today and within 30 days; changes nothing',
  tag: 'fraicheur',
  access: ['read', 'reglage'],
  body: z.strictObject({ reglages: FRESHNESS_SETTINGS.optional() }).optional(),
  answers: { 200: essaiFraicheur },
  async handle({ deps, body }) {
    const { settings, day } = await deps.db.asWorker(async (sql) => ({
      settings: body?.reglages ?? (await readFreshnessSettings(sql)),
      day: await businessDay(sql, Date.now()),
    }));
    return { body: await tryFreshness(deps.db, settings, day) };
  },
});

const figures = endpoint({
  method: 'get',
  path: '/fraicheur/chiffres',
  summary: 'How fresh the published offer is, and what reminders brought over 90 days',
  tag: 'fraicheur',
  access: ['read', 'reglage'],
  answers: { 200: chiffresFraicheur },
  handle: ({ deps, viewer }) =>
    deps.db.asViewer(viewer, async (sql) => ({
      body: await freshnessFigures(sql, await businessDay(sql, Date.now())),
    })),
});

/** `/fraicheur`: the board, what is answered, the periods and their trial. */
export const fraicheurEndpoints: readonly Endpoint[] = [
  ...board,
  ...calls,
  ...answers,
  confirm,
  readSettings,
  writeSettings,
  trial,
  figures,
];
