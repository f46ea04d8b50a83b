import { z } from 'zod';
import { createToken } from '../db/tokens.ts';
import { uuid } from '../domain/contract/common.ts';
import { type TokenRowDto, tokenBody, tokenMade, tokenRow } from '../domain/contract/people.contract.ts';
import { SofiError } from '../domain/model/errors.ts';
import { type Endpoint, endpoint } from './endpoint.ts';
import { iso, isoOrNull } from './time.ts';

interface Row {
  readonly id: string;
  readonly label: string;
  readonly created_at: string | Date;
  readonly expires_at: string | Date;
  readonly last_used_at: string | Date | null;
}

const dtoOf = (row: Row): TokenRowDto => ({
  id: row.id,
  label: row.label,
  createdAt: iso(row.created_at),
  expiresAt: iso(row.expires_at),
  lastUsedAt: isoOrNull(row.last_used_at),
});

export const tokensEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'get',
    path: '/tokens',
    summary: 'My access tokens that are still valid',
    tag: 'people',
    access: ['read', 'token'],
    answers: { 200: z.array(tokenRow) },
    async handle({ deps, viewer }) {
      const rows = await deps.db.asViewer(viewer, (sql) =>
        sql
          .selectFrom('access_token')
          .select(['id', 'label', 'created_at', 'expires_at', 'last_used_at'])
          .where('user_id', '=', viewer.userId)
          .where('revoked_at', 'is', null)
          .where('expires_at', '>', new Date())
          .orderBy('created_at', 'desc')
          .execute(),
      );
      const last = Math.max(0, rows.length - 1);
      return { body: rows.map(dtoOf), headers: { 'Content-Range': `tokens 0-${last}/${rows.length}` } };
    },
  }),
  endpoint({
    method: 'post',
    path: '/tokens',
    summary: 'Makes an access token of mine; it is shown this once',
    tag: 'people',
    access: ['create', 'token'],
    body: tokenBody,
    answers: { 201: tokenMade },
    async handle({ deps, viewer, body }) {
      const { token, row } = await deps.db.asViewer(viewer, (sql) =>
        createToken(sql, { userId: viewer.userId, ...body }),
      );
      return { status: 201, body: { ...dtoOf(row), token }, headers: { 'Cache-Control': 'no-store' } };
    },
  }),
  endpoint({
    method: 'delete',
    path: '/tokens/{id}',
    summary: 'Revokes an access token of mine at once',
    tag: 'people',
    access: ['delete', 'token'],
    params: z.strictObject({ id: uuid }),
    answers: { 204: 'revoked' },
    async handle({ deps, viewer, params: { id } }) {
      const gone = await deps.db.asViewer(viewer, (sql) =>
        sql
          .updateTable('access_token')
          .set({ revoked_at: new Date() })
          .where('id', '=', id)
          .where('user_id', '=', viewer.userId)
          .where('revoked_at', 'is', null)
          .executeTakeFirst(),
      );
      if (gone.numUpdatedRows === 0n) throw new SofiError('introuvable');
      return { status: 204 };
    },
  }),
];
