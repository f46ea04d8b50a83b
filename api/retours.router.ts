import { z } from 'zod';
import type { Sql, Viewer } from '../db/connect.ts';
import { readRetours } from '../db/mail/list.ts';
import { modesOf, readPreferences, setPreferences } from '../db/mail/preferences.ts';
import { closeRetour, keepTold, type Told } from '../db/mail/retours.ts';
import { uuid } from '../domain/contract/common.ts';
import { preference, preferencesBody, retour, retourBody, retourTold } from '../domain/contract/courriel.contract.ts';
import { SofiError } from '../domain/model/errors.ts';
import { MAILS } from '../domain/model/mail.ts';
import type { ApiDeps } from './deps.ts';
import { type Endpoint, endpoint } from './endpoint.ts';
import { listEndpoints } from './list-endpoint.ts';
import { MAIL_TYPES } from './request.ts';
import { readReport } from './retours/read-report.ts';
import { iso } from './time.ts';

const list = listEndpoints({
  path: '/courriels/retours',
  noun: 'retours',
  summary: 'Addresses that refuse mail, and complaints: each is a task, and nothing is sent there meanwhile',
  tag: 'courriels',
  access: ['read', 'courriel'],
  filter: z.strictObject({ open: z.boolean().optional() }),
  sorts: ['at'],
  first: ['at', 'desc'],
  row: retour,
  read: ({ deps, viewer }, { filter: { open }, from, limit }) =>
    deps.db.asViewer(viewer, async (sql) => {
      const { rows, total } = await readRetours(sql, { open, from, limit });
      const dtos = rows.map((row) => ({
        id: row.id,
        kind: row.kind,
        code: row.code,
        fois: row.fois,
        a: { id: row.user_id, nom: row.nom, adresse: row.email ?? row.adresse ?? '' },
        at: iso(row.at),
        traite: row.traite_le !== null,
      }));
      return { rows: dtos, total };
    }),
});

const close = endpoint({
  method: 'post',
  path: '/courriels/retours/{id}',
  summary: 'Closes the task of an address; `renvoyer` sends what was kept back meanwhile',
  tag: 'courriels',
  access: ['update', 'courriel'],
  params: z.strictObject({ id: uuid }),
  body: retourBody,
  answers: { 204: 'closed' },
  async handle({ deps, viewer, params: { id }, body }) {
    const input = { id, userId: viewer.userId, again: body.renvoyer ?? false, at: Date.now() };
    const closed = await deps.db.asViewer(viewer, (sql) => closeRetour(sql, input));
    if (!closed) throw new SofiError('introuvable', `Cannot find the open task "${id}"`, { retour: id });
    return { status: 204 };
  },
});

async function keep({ db }: ApiDeps, viewer: Viewer, told: Omit<Told, 'at'>): Promise<void> {
  const kept = await db.asViewer(viewer, (sql) => keepTold(sql, { ...told, at: Date.now() }));
  if (!kept) throw new SofiError('introuvable', 'Cannot find the mail that this is about');
}

const tell = endpoint({
  method: 'post',
  path: '/courriels/retours',
  summary:
    'For the mail provider: a mail that it took came back, or was complained about; told, or as the report itself',
  tag: 'courriels',
  access: ['create', 'courriel'],
  body: retourTold,
  bytes: MAIL_TYPES,
  answers: { 204: 'kept as a task, or nothing to do' },
  async handle({ deps, viewer, body }) {
    await keep(deps, viewer, { ...body, envelopeId: null });
    return { status: 204 };
  },
  async handleBytes({ deps, viewer, req }, bytes) {
    const report = await readReport(bytes, req.get('Content-Type') ?? '');
    if (report !== null) await keep(deps, viewer, report);
    return { status: 204 };
  },
});

async function preferencesOf(sql: Sql, { userId, role }: Viewer) {
  const side = role === 'of' ? 'of' : role === 'consommateur' ? 'personne' : 'cariforef';
  return [...(await readPreferences(sql, userId))]
    .filter(([kind]) => MAILS[kind].audience === side)
    .map(([kind, mode]) => ({ kind, libelle: MAILS[kind].libelle, mode, modes: modesOf(kind) }));
}

const readMine = endpoint({
  method: 'get',
  path: '/me/courriels',
  summary: 'How I want each kind of mail, and what I may choose',
  tag: 'me',
  access: ['read', 'me'],
  answers: { 200: preference.array() },
  handle: async ({ deps, viewer }) => ({ body: await deps.db.asViewer(viewer, (sql) => preferencesOf(sql, viewer)) }),
});

const writeMine = endpoint({
  method: 'put',
  path: '/me/courriels',
  summary: 'Chooses: as it happens, once a day, or not at all where that is possible',
  tag: 'me',
  access: ['read', 'me'],
  body: preferencesBody,
  answers: { 200: preference.array() },
  async handle({ deps, viewer, body }) {
    return deps.db.asViewer(viewer, async (sql) => {
      await setPreferences(sql, viewer.userId, new Map(body.preferences.map(({ kind, mode }) => [kind, mode])));
      return { body: await preferencesOf(sql, viewer) };
    });
  },
});

export const retoursEndpoints: readonly Endpoint[] = [...list, close, tell, readMine, writeMine];
