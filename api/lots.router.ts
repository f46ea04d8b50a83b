import { z } from 'zod';
import type { Viewer } from '../db/connect.ts';
import { createLot, moveLot, readLot } from '../db/lots/lots.ts';
import { uuid } from '../domain/contract/common.ts';
import { bulkBody, bulkPreview, lot } from '../domain/contract/vie.contract.ts';
import { SofiError } from '../domain/model/errors.ts';
import { LOTS, TASK_TIMEOUT, WORKFLOWS, workflowIdOf } from '../workflows/messages.ts';
import type { ApiDeps } from './deps.ts';
import { type Endpoint, endpoint } from './endpoint.ts';
import { lotDto } from './lots/dto.ts';
import { lotRows, previewLot } from './lots/preview.ts';

/** What each kind of decision cannot do without. */
const NEEDED = { approve: null, refuse: 'motif', requestChanges: 'champs' } as const;

const byId = z.strictObject({ id: uuid });

/** Starts a lot's workflow, or finds it running: one to decide, one to take back. */
async function conduct(deps: ApiDeps, id: string, mode: 'decide' | 'undo'): Promise<void> {
  const client = await deps.temporal();
  await client.workflow.start(WORKFLOWS.decisionLot, {
    workflowId: mode === 'decide' ? workflowIdOf.lot(id) : `${workflowIdOf.lot(id)}-undo`,
    taskQueue: LOTS,
    args: [id, mode],
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowTaskTimeout: TASK_TIMEOUT,
  });
}

const accepted = (id: string) => ({ status: 202, headers: { Location: `/api/v1/lots/${id}` }, body: { id } });

const bulk = endpoint({
  method: 'post',
  path: '/decisions/bulk',
  summary: 'Up to 500 decisions at once; with `dryRun` only what would be decided and what refused, and why',
  tag: 'lots',
  access: ['create', 'lot'],
  idempotency: 'required',
  body: bulkBody,
  answers: { 200: bulkPreview, 202: z.object({ id: uuid }) },
  async handle({ deps, viewer, langue, body }) {
    const needed = NEEDED[body.kind];
    if (needed !== null && body[needed] === undefined) {
      throw new SofiError('corps-invalide', undefined, { issues: [{ pointer: `/${needed}`, code: 'absent' }] });
    }
    const now = new Date();
    if (body.dryRun === true) {
      return { body: await deps.db.asViewer(viewer, (sql) => previewLot(sql, { viewer, langue, body, now })) };
    }
    const id = await deps.db.asViewer(viewer, async (sql) => {
      const rows = await lotRows(sql, { viewer, body, now });
      const kinds = new Map(rows.map((row) => [row.id, row.fiche_kind]));
      const unknown = body.items.find((item) => !kinds.has(item.id));
      if (unknown !== undefined) throw new SofiError('introuvable', undefined, { soumission: unknown.id });
      const first = (item: { id: string }) => (kinds.get(item.id) === 'organisme' ? 0 : 1);
      const once = [...new Map(body.items.map((item) => [item.id, item])).values()];
      const items = once.toSorted((a, b) => first(a) - first(b));
      const { kind, motif = null, champs = null } = body;
      return createLot(sql, { viewer, kind, motif, champs, items, at: now.getTime() });
    });
    await conduct(deps, id, 'decide');
    return accepted(id);
  },
});

const read = endpoint({
  method: 'get',
  path: '/lots/{id}',
  summary: 'A lot with the result of each item, and its progress while it runs',
  tag: 'lots',
  access: ['read', 'lot'],
  params: byId,
  answers: { 200: lot },
  handle: async ({ deps, viewer, langue, params: { id } }) => ({
    body: await deps.db.asViewer(viewer, (sql) => lotDto(sql, id, langue)),
  }),
});

async function requireOwn(deps: ApiDeps, viewer: Viewer, id: string): Promise<void> {
  await deps.db.asViewer(viewer, async (sql) => {
    const row = await readLot(sql, id);
    if (row === undefined) throw new SofiError('introuvable', `Cannot find lot "${id}"`, { lot: id });
    if (row.user_id !== viewer.userId) throw new SofiError('interdit', undefined, { lot: id });
    const moved = await moveLot(sql, id, { from: ['done', 'undone'], to: 'undoing', at: Date.now() });
    if (!moved && row.state === 'running') throw new SofiError('lot-en-cours', undefined, { lot: id });
  });
}

const undo = endpoint({
  method: 'post',
  path: '/lots/{id}/undo',
  summary: 'Takes a lot back, item by item, where nothing was published; the items go back to the queue',
  tag: 'lots',
  access: ['create', 'lot'],
  idempotency: 'optional',
  params: byId,
  answers: { 202: z.object({ id: uuid }) },
  async handle({ deps, viewer, params: { id } }) {
    await requireOwn(deps, viewer, id);
    await conduct(deps, id, 'undo');
    return accepted(id);
  },
});

export const lotsEndpoints: readonly Endpoint[] = [bulk, read, undo];
