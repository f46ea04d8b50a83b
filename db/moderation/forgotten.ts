import { sql as raw } from 'kysely';
import type { Sql } from '../connect.ts';
import { appendJournal } from './journal.ts';
import { lockFiches } from './rows.ts';

/** Days after which a brouillon that nobody touched is given up (design §4). */
const FORGOTTEN_DAYS = 180;
const DAY_MS = 24 * 3_600_000;

/** Untouched since an instant, and not frozen as the next revision of an open soumission. */
const forgotten = (before: Date) => raw<boolean>`s.statut = 'brouillon' and s.saved_at < ${before}::timestamptz
  and not exists (select from outbox o where o.kind = 'revise' and o.done_at is null
    and o.payload ->> 'brouillonId' = s.id::text)`;

/**
 * Gives up brouillons untouched for 180 days, `limit` at most, the oldest first; their rows and a step of the journal
 * stay. One that its author saves or deposits meanwhile is left alone. Answers their ids.
 */
export async function abandonForgotten(
  sql: Sql,
  { at, limit }: { readonly at: number; readonly limit: number },
): Promise<string[]> {
  const before = new Date(at - FORGOTTEN_DAYS * DAY_MS);
  const { rows: found } = await raw<{ id: string; fiche_id: string }>`select s.id, s.fiche_id from soumission s
    where ${forgotten(before)} order by s.saved_at, s.id limit ${limit}`.execute(sql);
  if (found.length === 0) return [];
  await lockFiches(
    sql,
    found.map(({ fiche_id }) => fiche_id),
  );
  const { rows } = await raw<{ id: string; fiche_id: string; organisme_id: string }>`
    update soumission s set statut = 'abandonnee', seq = s.seq + 1
    where s.id = any (${found.map(({ id }) => id)}::uuid[]) and ${forgotten(before)}
    returning s.id, s.fiche_id, s.organisme_id`.execute(sql);
  await appendJournal(
    sql,
    rows.map(({ id, fiche_id, organisme_id }) => ({
      ficheId: fiche_id,
      organismeId: organisme_id,
      soumissionId: id,
      at: new Date(at),
      by: null,
      role: null,
      act: 'abandonner',
      fromStatut: 'brouillon',
      toStatut: 'abandonnee',
      data: { days: FORGOTTEN_DAYS },
    })),
  );
  return rows.map(({ id }) => id);
}
