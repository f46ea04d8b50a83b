import { sql as raw } from 'kysely';
import { json, type Sql } from '../connect.ts';

export const OUTBOX_KINDS = ['start', 'revise', 'import'] as const;
export type OutboxKind = (typeof OUTBOX_KINDS)[number];

/** Leaves a task for a workflow in the transaction of its cause; answers the row's id. */
export async function leaveTask(
  sql: Sql,
  task: { readonly kind: OutboxKind; readonly subjectId: string; readonly payload?: Readonly<Record<string, unknown>> },
): Promise<string> {
  const row = await sql
    .insertInto('outbox')
    .values({ kind: task.kind, subject_id: task.subjectId, payload: task.payload ? json<unknown>(task.payload) : null })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** The task is done: the relay leaves it alone. */
export async function markTaskDone(sql: Sql, id: string): Promise<void> {
  await sql
    .updateTable('outbox')
    .set({ done_at: new Date() })
    .where('id', '=', id)
    .where('done_at', 'is', null)
    .execute();
}

/** The waiting task that will take a brouillon as the next revision, if it is frozen for that. */
export async function waitingRevision(sql: Sql, brouillonId: string) {
  return sql
    .selectFrom('outbox')
    .select(['id', 'subject_id'])
    .where('kind', '=', 'revise')
    .where('done_at', 'is', null)
    .where(raw<string>`payload ->> 'brouillonId'`, '=', brouillonId)
    .executeTakeFirst();
}
