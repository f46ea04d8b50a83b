import { createHash, randomBytes } from 'node:crypto';
import type { Sql } from './connect.ts';

const PREFIX = 'sofi_';
const DAY_MS = 24 * 3_600_000;

/** The SHA-256 of an access token, in hexadecimal: all that is kept of it. */
export const hashToken = (token: string) => createHash('sha256').update(token).digest('hex');

/** Makes a personal access token of 256 random bits for a user; it is told once, here. */
export async function createToken(
  sql: Sql,
  input: { readonly userId: string; readonly label: string; readonly days: number },
) {
  const token = PREFIX + randomBytes(32).toString('base64url');
  const row = await sql
    .insertInto('access_token')
    .values({
      user_id: input.userId,
      hash: hashToken(token),
      label: input.label,
      expires_at: new Date(Date.now() + input.days * DAY_MS),
    })
    .returning(['id', 'label', 'created_at', 'expires_at', 'last_used_at'])
    .executeTakeFirstOrThrow();
  return { token, row };
}
