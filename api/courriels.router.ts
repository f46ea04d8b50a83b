import { z } from 'zod';
import { enqueueMails } from '../db/mail/enqueue.ts';
import { mailRows, readFacts } from '../db/mail/facts.ts';
import { MAIL_SORTS, mailFigures, readMails, sendAgain } from '../db/mail/list.ts';
import { MAIL_SETTINGS, readMailSettings, writeMailSettings } from '../db/mail/settings.ts';
import { uuid } from '../domain/contract/common.ts';
import { apercu, courriel, courrielFigures } from '../domain/contract/courriel.contract.ts';
import { SofiError } from '../domain/model/errors.ts';
import { MAIL_KINDS, MAIL_STATES, MAILS } from '../domain/model/mail.ts';
import { renderMail } from '../mail/render.ts';
import { type Endpoint, endpoint } from './endpoint.ts';
import { listEndpoints } from './list-endpoint.ts';
import { anyOf, ids, searched } from './lists.ts';
import { iso, isoOrNull } from './time.ts';

const byId = z.strictObject({ id: uuid });

const list = listEndpoints({
  path: '/courriels',
  noun: 'courriels',
  summary: 'Mails to send and sent, newest first',
  tag: 'courriels',
  access: ['read', 'courriel'],
  filter: z.strictObject({
    id: ids.optional(),
    kind: anyOf(z.enum(MAIL_KINDS)).optional(),
    state: anyOf(z.enum(MAIL_STATES)).optional(),
    soumission: ids.optional(),
    q: searched.optional(),
  }),
  sorts: MAIL_SORTS,
  first: ['createdAt', 'desc'],
  row: courriel,
  read: ({ deps, viewer }, asked) =>
    deps.db.asViewer(viewer, async (sql) => {
      const { rows, total } = await readMails(sql, asked);
      const dtos = rows.map((row) => ({
        id: row.id,
        kind: row.kind,
        mode: row.mode,
        state: row.state,
        a: { id: row.user_id, nom: row.nom, adresse: row.email ?? row.adresse ?? '' },
        soumission: row.soumission_id,
        titre: row.titre,
        createdAt: iso(row.created_at),
        pasAvant: iso(row.pas_avant),
        sentAt: isoOrNull(row.sent_at),
        essais: row.essais,
        reprises: row.reprises,
        code: row.code,
      }));
      return { rows: dtos, total };
    }),
});

/** Whoever looks at somebody's mail must not be able to answer for them: its links lead nowhere. */
const INERT = '/m/apercu';

const preview = endpoint({
  method: 'get',
  path: '/courriels/{id}/apercu',
  summary: 'A mail as its reader would get it now, with real data and links that lead nowhere',
  tag: 'courriels',
  access: ['read', 'courriel'],
  params: byId,
  answers: { 200: apercu },
  async handle({ deps, viewer, params: { id } }) {
    const found = await deps.db.asViewer(viewer, async (sql) => {
      const [row] = await mailRows(sql, [id]);
      if (row === undefined) return null;
      const { langue } = await sql
        .selectFrom('courriel')
        .select('langue')
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      return { facts: await readFacts(sql, row), langue: langue === 'en' ? ('en' as const) : ('fr' as const) };
    });
    if (found === null) throw new SofiError('introuvable', `Cannot find mail "${id}"`, { courriel: id });
    if (found.facts === null) throw new SofiError('courriel-sans-objet', undefined, { courriel: id });
    const { facts, langue } = found;
    const inert = `${deps.settings.publicUrl}${INERT}`;
    const { subject, html, text } = await renderMail(facts, {
      langue,
      region: deps.region,
      now: Date.now(),
      publicUrl: deps.settings.publicUrl,
      ...(facts.kind === 'fraicheur' ? { actUrl: inert } : {}),
      ...(MAILS[facts.kind].chosen ? { stopUrl: inert } : {}),
    });
    return { body: { sujet: subject, html, texte: text, langue } };
  },
});

const again = endpoint({
  method: 'post',
  path: '/courriels/{id}/renvoi',
  summary: 'Sends once more a mail that was given up, or of which nobody knows whether it left',
  tag: 'courriels',
  access: ['update', 'courriel'],
  params: byId,
  answers: { 204: 'waits to be sent' },
  async handle({ deps, viewer, params: { id } }) {
    const [row, put] = await deps.db.asViewer(viewer, async (sql) => [
      await mailRows(sql, [id]),
      await sendAgain(sql, id, Date.now()),
    ]);
    if (row.length === 0) throw new SofiError('introuvable', `Cannot find mail "${id}"`, { courriel: id });
    if (!put) throw new SofiError('courriel-parti', undefined, { courriel: id });
    return { status: 204 };
  },
});

const trial = endpoint({
  method: 'post',
  path: '/courriels/test',
  summary: 'Sends a test mail to me, by the way that all mails take',
  tag: 'courriels',
  access: ['create', 'courriel'],
  idempotency: 'optional',
  answers: { 202: z.object({ id: uuid.nullable() }) },
  async handle({ deps, viewer, command }) {
    const mail = { kind: 'essai', evenement: command, to: { userId: viewer.userId }, pasAvant: Date.now() } as const;
    const [left] = await deps.db.asViewer(viewer, (sql) => enqueueMails(sql, [mail]));
    return { status: 202, body: { id: left?.id ?? null } };
  },
});

const figures = endpoint({
  method: 'get',
  path: '/courriels/chiffres',
  summary: 'How many mails stand where, and how many left within the last hour',
  tag: 'courriels',
  access: ['read', 'courriel'],
  answers: { 200: courrielFigures },
  handle: async ({ deps, viewer }) => ({
    body: await deps.db.asViewer(viewer, (sql) => mailFigures(sql, Date.now())),
  }),
});

const readSettings = endpoint({
  method: 'get',
  path: '/courriels/reglages',
  summary: 'The global stop, the cap per hour and the quiet days of sending',
  tag: 'courriels',
  access: ['read', 'reglage'],
  answers: { 200: MAIL_SETTINGS },
  handle: async ({ deps, viewer }) => ({ body: await deps.db.asViewer(viewer, readMailSettings) }),
});

const writeSettings = endpoint({
  method: 'put',
  path: '/courriels/reglages',
  summary: 'Sets them; what waits follows from the next page on',
  tag: 'courriels',
  access: ['update', 'reglage'],
  body: MAIL_SETTINGS,
  answers: { 200: MAIL_SETTINGS },
  async handle({ deps, viewer, body }) {
    await deps.db.asViewer(viewer, (sql) => writeMailSettings(sql, { settings: body, userId: viewer.userId }));
    return { body };
  },
});

export const courrielsEndpoints: readonly Endpoint[] = [
  ...list,
  figures,
  readSettings,
  writeSettings,
  trial,
  preview,
  again,
];
