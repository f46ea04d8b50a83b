import { z } from 'zod';
import {
  MODERATION_SETTINGS,
  readLanes,
  readModerationSettings,
  writeLane,
  writeModerationSettings,
} from '../db/moderation/settings.ts';
import { answerAudit, type LaneFigures, laneFigures, readAudits } from '../db/voies/record.ts';
import { uuid } from '../domain/contract/common.ts';
import { audit, auditBody, voie, voieBody } from '../domain/contract/vie.contract.ts';
import { SofiError } from '../domain/model/errors.ts';
import type { Lane } from '../domain/model/lanes.ts';
import { type Endpoint, endpoint } from './endpoint.ts';
import { listEndpoints } from './list-endpoint.ts';
import { iso } from './time.ts';

const byId = z.strictObject({ id: z.string().regex(/^[a-z][a-z0-9-]{1,38}$/) });

function voieDto(lane: Lane, figures: LaneFigures | undefined) {
  const { approuvees = 0, audits = 0, en_attente = 0, fausses = 0 } = figures ?? {};
  const answered = audits - en_attente;
  return {
    ...lane,
    champs: [...lane.champs],
    approuvees,
    audits,
    enAttente: en_attente,
    fausses,
    tauxErreur: answered === 0 ? null : fausses / answered,
  };
}

const list = endpoint({
  method: 'get',
  path: '/voies',
  summary: 'Trust lanes: what each takes, what it approved and its error rate',
  tag: 'voies',
  access: ['read', 'voie'],
  answers: { 200: voie.array() },
  async handle({ deps, viewer }) {
    return deps.db.asViewer(viewer, async (sql) => {
      const [lanes, figures] = [await readLanes(sql), await laneFigures(sql)];
      return { body: lanes.map((lane) => voieDto(lane, figures.get(lane.id))) };
    });
  },
});

const write = endpoint({
  method: 'put',
  path: '/voies/{id}',
  summary: 'Sets a lane, or makes one; its version goes up',
  tag: 'voies',
  access: ['update', 'reglage'],
  params: byId,
  body: voieBody,
  answers: { 200: voie },
  async handle({ deps, viewer, params: { id }, body }) {
    return deps.db.asViewer(viewer, async (sql) => {
      const lane = await writeLane(sql, { lane: { id, ...body }, userId: viewer.userId, at: Date.now() });
      return { body: voieDto(lane, (await laneFigures(sql)).get(id)) };
    });
  },
});

const audits = listEndpoints({
  path: '/voies/audits',
  noun: 'audits',
  summary: 'Approvals by lanes that were drawn for audit, newest first',
  tag: 'voies',
  access: ['read', 'voie'],
  filter: z.strictObject({ waiting: z.boolean().optional() }),
  sorts: ['at'],
  first: ['at', 'desc'],
  row: audit,
  read: ({ deps, viewer }, { filter, from, limit, sort }) =>
    deps.db.asViewer(viewer, async (sql) => {
      const { rows, total } = await readAudits(sql, { waiting: filter.waiting, from, limit, order: sort[1] });
      const dtos = rows.map((row) => ({
        id: row.soumission_id,
        titre: row.titre,
        version: row.version,
        voies: row.voies,
        at: iso(row.at),
        juste: row.juste,
        commentaire: row.commentaire,
        by: row.audite_par === null ? null : { id: row.audite_par, nom: row.nom ?? '', role: row.role ?? '' },
      }));
      return { rows: dtos, total };
    }),
});

const answer = endpoint({
  method: 'post',
  path: '/voies/audits/{id}',
  summary: 'Says whether lanes approved a soumission rightly; nothing waits for it',
  tag: 'voies',
  access: ['update', 'voie'],
  params: z.strictObject({ id: uuid }),
  body: auditBody,
  answers: { 204: 'kept' },
  async handle({ deps, viewer, params: { id }, body }) {
    const input = {
      soumissionId: id,
      juste: body.juste,
      commentaire: body.commentaire ?? null,
      by: viewer.userId,
      at: Date.now(),
    };
    const kept = await deps.db.asViewer(viewer, (sql) => answerAudit(sql, input));
    if (!kept) throw new SofiError('introuvable', `Cannot find the audit of "${id}"`, { soumission: id });
    return { status: 204 };
  },
});

const readSettings = endpoint({
  method: 'get',
  path: '/promesse/reglages',
  summary: 'When a promise escalates, and what asks for two voices',
  tag: 'promesse',
  access: ['read', 'reglage'],
  answers: { 200: MODERATION_SETTINGS },
  handle: async ({ deps, viewer }) => ({ body: await deps.db.asViewer(viewer, readModerationSettings) }),
});

const writeSettings = endpoint({
  method: 'put',
  path: '/promesse/reglages',
  summary: 'Sets both; a soumission that waits follows from its next step on',
  tag: 'promesse',
  access: ['update', 'reglage'],
  body: MODERATION_SETTINGS,
  answers: { 200: MODERATION_SETTINGS },
  async handle({ deps, viewer, body }) {
    return deps.db.asViewer(viewer, async (sql) => {
      await writeModerationSettings(sql, { settings: body, userId: viewer.userId, at: Date.now() });
      return { body: await readModerationSettings(sql) };
    });
  },
});

export const voiesEndpoints: readonly Endpoint[] = [list, ...audits, answer, write, readSettings, writeSettings];
