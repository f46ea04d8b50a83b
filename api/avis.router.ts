import { z } from 'zod';
import { markNoticesRead, readNotices } from '../db/soumissions/notices.ts';
import { notice, noticesReadBody } from '../domain/contract/vie.contract.ts';
import { type Endpoint, endpoint } from './endpoint.ts';
import { listEndpoints } from './list-endpoint.ts';
import { iso } from './time.ts';

const list = listEndpoints({
  path: '/avis',
  noun: 'avis',
  summary: 'Notices for me, newest first: promises that come due, corrections asked for, mends, messages',
  tag: 'avis',
  access: ['read', 'avis'],
  filter: z.strictObject({ unread: z.boolean().optional() }),
  sorts: ['at'],
  first: ['at', 'desc'],
  row: notice,
  read: ({ deps, viewer }, { filter: { unread = false }, from, limit, sort }) =>
    deps.db.asViewer(viewer, async (sql) => {
      const { rows, total } = await readNotices(sql, viewer, { unread, from, limit, order: sort[1] });
      const dtos = rows.map((row) => ({
        id: row.id,
        kind: row.kind,
        audience: row.audience,
        soumission: row.soumission_id,
        titre: row.titre,
        statut: row.statut,
        data: row.data,
        at: iso(row.at),
        read: row.lu_le !== null,
      }));
      return { rows: dtos, total };
    }),
});

const read = endpoint({
  method: 'post',
  path: '/avis/lus',
  summary: 'Marks notices read, for me; without ids, all of them',
  tag: 'avis',
  access: ['update', 'avis'],
  body: noticesReadBody,
  answers: { 204: 'marked' },
  async handle({ deps, viewer, body }) {
    await deps.db.asViewer(viewer, (sql) => markNoticesRead(sql, viewer, { ids: body.ids ?? null, at: Date.now() }));
    return { status: 204 };
  },
});

export const avisEndpoints: readonly Endpoint[] = [...list, read];
