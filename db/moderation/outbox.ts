import { sql as raw } from 'kysely';
import { json, type Sql } from '../connect.ts';

export const OUTBOX_KINDS = ['start', 'revise', 'import'] as const;
export type OutboxKind = (typeof OUTBOX_KINDS)[number];

export interface Task {
  readonly kind: OutboxKind;
  readonly subjectId: string;
  readonly payload?: Readonly<Record<string, unknown>>;
}

/** Leaves tasks for workflows in the transaction of their cause; answers the rows' ids by subject. */
export async function leaveTasks(sql: Sql, tasks: readonly Task[]): Promise<Map<string, string>> {
  if (tasks.length === 0) return new Map();
  const rows = await sql
    .insertInto('outbox')
    .values(
      tasks.map(({ kind, subjectId, payload }) => ({
        kind,
        subject_id: subjectId,
        payload: payload === undefined ? null : json<unknown>(payload),
      })),
    )
    .returning(['id', 'subject_id'])
    .execute();
  return new Map(rows.map(({ id, subject_id }) => [subject_id, id]));
}

/** Leaves one task; answers its row's id. */
export async function leaveTask(sql: Sql, task: Task): Promise<string> {
  const id = (await leaveTasks(sql, [task])).get(task.subjectId);
  if (id === undefined) throw new Error(`Cannot leave a task for "${task.subjectId}"`);
  return id;
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
