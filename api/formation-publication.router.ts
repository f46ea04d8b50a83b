import { z } from 'zod';
import { dateFormation, pinFormation, settledOf } from '../db/publication/settle.ts';
import { day, uuid } from '../domain/contract/common.ts';
import { type Endpoint, endpoint } from './endpoint.ts';

const byId = z.strictObject({ id: uuid });
const settled = z.object({ release: z.int().nullable(), le: day.nullable() });

const readSettled = endpoint({
  method: 'get',
  path: '/formations/{id}/publication',
  summary: 'Whether a formation is pinned or waits for a day',
  tag: 'publication',
  access: ['read', 'release'],
  params: byId,
  answers: { 200: settled },
  handle: async ({ deps, viewer, params: { id } }) => ({
    body: await deps.db.asViewer(viewer, (tx) => settledOf(tx, id)),
  }),
});

const pin = endpoint({
  method: 'put',
  path: '/formations/{id}/pin',
  summary: 'The version that a release showed stays',
  tag: 'publication',
  access: ['update', 'release'],
  params: byId,
  body: z.strictObject({ release: z.int().min(1) }),
  answers: { 200: settled },
  handle: async ({ deps, viewer, params: { id }, body }) => ({
    body: await deps.db.asViewer(viewer, (tx) => pinFormation(tx, { viewer, ficheId: id, release: body.release })),
  }),
});

const unpin = endpoint({
  method: 'delete',
  path: '/formations/{id}/pin',
  summary: 'The accepted version goes out again',
  tag: 'publication',
  access: ['update', 'release'],
  params: byId,
  answers: { 200: settled },
  handle: async ({ deps, viewer, params: { id } }) => ({
    body: await deps.db.asViewer(viewer, (tx) => pinFormation(tx, { viewer, ficheId: id, release: null })),
  }),
});

const date = endpoint({
  method: 'put',
  path: '/formations/{id}/publication',
  summary: 'The accepted version goes out from a Paris day on; null at once',
  tag: 'publication',
  access: ['update', 'release'],
  params: byId,
  body: z.strictObject({ le: day.nullable() }),
  answers: { 200: settled },
  handle: async ({ deps, viewer, params: { id }, body: { le } }) => ({
    body: await deps.db.asViewer(viewer, (tx) => dateFormation(tx, { viewer, ficheId: id, le })),
  }),
});

/** What administrators settle for the publication of one formation. */
export const formationPublicationEndpoints: readonly Endpoint[] = [readSettled, pin, unpin, date];
