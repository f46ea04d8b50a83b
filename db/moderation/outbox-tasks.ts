import { sql as raw } from 'kysely';
import { z } from 'zod';
import type { InstantMs, UserId } from '../../domain/model/ids.ts';
import type { Actor } from '../../domain/model/requests.ts';
import { ROLES } from '../../domain/model/vocabulary.ts';
import type { Sql } from '../connect.ts';
import { depositBrouillon } from './deposit.ts';
import { OUTBOX_KINDS, type OutboxKind } from './outbox.ts';

export interface OutboxTask {
  readonly id: string;
  readonly kind: OutboxKind;
  readonly subjectId: string;
  readonly tries: number;
  readonly payload: unknown;
}

/** Rows younger than this are the API's, which tells the workflow itself. */
const YOUNG_MS = 1_000;
/** How long a relay has for the tasks it took before another may take them. */
const LEASE_SECONDS = 15;

/** Takes up to `limit` tasks that are due, oldest first, so that no other relay takes them for a while. */
export async function takeTasks(sql: Sql, limit: number): Promise<OutboxTask[]> {
  const { rows } = await raw<{ id: string; kind: OutboxKind; subject_id: string; tries: number; payload: unknown }>`
    with due as (
      select id from outbox where done_at is null and kind = any (${[...OUTBOX_KINDS]})
        and next_try_at <= now() and created_at <= now() - make_interval(secs => ${YOUNG_MS / 1000})
      order by created_at limit ${limit} for update skip locked
    ), taken as (
      update outbox set tries = tries + 1, next_try_at = now() + make_interval(secs => ${LEASE_SECONDS})
      where id in (select id from due) returning id, kind, subject_id, tries, payload, created_at
    )
    select * from taken order by created_at`.execute(sql);
  return rows.map(({ subject_id, ...row }) => ({ ...row, subjectId: subject_id }));
}

/** The task failed: it is tried again after a pause that grows to a minute. */
export async function postponeTask(sql: Sql, task: OutboxTask, error: string): Promise<void> {
  const seconds = Math.min(60, 2 ** Math.min(task.tries, 6));
  await sql
    .updateTable('outbox')
    .set({ last_error: error.slice(0, 500), next_try_at: raw<Date>`now() + make_interval(secs => ${seconds})` })
    .where('id', '=', task.id)
    .where('done_at', 'is', null)
    .execute();
}

const requestPayload = z.object({ requestId: z.string().optional() }).nullable();

/** The HTTP request that left a task, if one did. */
export function requestOf({ payload }: OutboxTask): string | undefined {
  return requestPayload.safeParse(payload).data?.requestId;
}

const revisePayload = z.object({
  brouillonId: z.uuid(),
  by: z.object({ userId: z.uuid().transform((id) => id as UserId), role: z.enum(ROLES) }),
});

/** Who deposited which brouillon, from the payload of a `revise` task. */
export function readRevision(task: OutboxTask): { readonly brouillonId: string; readonly by: Actor } {
  return revisePayload.parse(task.payload);
}

/**
 * The open soumission refused a revision for good (it closed meanwhile): the frozen brouillon is deposited anew, as a
 * soumission of its own.
 */
export async function depositRefused(
  sql: Sql,
  task: OutboxTask,
  refusal: { readonly code: string; readonly at: InstantMs; readonly dueHour: number },
): Promise<void> {
  const { brouillonId, by } = readRevision(task);
  await sql
    .updateTable('outbox')
    .set({ done_at: new Date(), last_error: refusal.code })
    .where('id', '=', task.id)
    .execute();
  const row = await sql.selectFrom('soumission').select('statut').where('id', '=', brouillonId).executeTakeFirst();
  if (row?.statut !== 'brouillon') return;
  await depositBrouillon(sql, { brouillonId, by, at: refusal.at, dueHour: refusal.dueHour });
}
