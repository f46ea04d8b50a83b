import { sql as raw } from 'kysely';
import type { Sql } from '../connect.ts';

/** Mails of the demo that are kept; older ones go. */
const KEPT = 2_000;

export interface Capture {
  readonly vers: string;
  readonly sujet: string;
  readonly messageId: string;
  /** The mail as it came. */
  readonly source: string;
}

/** Keeps a mail that the demo's own server was given. */
export async function keepCapture(sql: Sql, { vers, sujet, messageId, source }: Capture): Promise<void> {
  await sql
    .insertInto('courriel_capture')
    .values({ vers: vers.slice(0, 320), sujet: sujet.slice(0, 500), message_id: messageId.slice(0, 200), source })
    .execute();
  await raw`delete from courriel_capture where id in
    (select id from courriel_capture order by at desc, id desc offset ${KEPT})`.execute(sql);
}

/** The newest mails of the demo, without their bodies. */
export async function readCaptures(sql: Sql, limit: number) {
  return sql
    .selectFrom('courriel_capture')
    .select(['id', 'at', 'vers', 'sujet'])
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

export async function readCapture(sql: Sql, id: string): Promise<string | undefined> {
  const row = await sql.selectFrom('courriel_capture').select('source').where('id', '=', id).executeTakeFirst();
  return row?.source;
}
