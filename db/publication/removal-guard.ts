import { sql } from 'kysely';
import type { Sql } from '../connect.ts';

const LOCK = sql`hashtext('octets')`;

/** A person was removed while a page was rendered: it is read and rendered again. */
export class RemovedMeanwhile extends Error {}

/** How many traces of removed persons are kept; it only grows. */
export async function countRemoved(tx: Sql): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from personne_retiree`.execute(tx);
  return rows[0]?.n ?? 0;
}

/**
 * Runs an erasure while nobody keeps renderings: it sees all that were being kept. What an open release holds of the bytes
 * that it emptied is to be rendered anew.
 */
export async function erasing<T>(tx: Sql, erase: () => Promise<T>): Promise<T> {
  await sql`select pg_advisory_xact_lock(${LOCK})`.execute(tx);
  const answer = await erase();
  await sql`update release_change c set outcome = 'pending', sha256 = null, input_hash = null, re_rendered = false
    from release r, octets o
    where r.state = 'open' and c.release_n = r.n and o.sha256 = c.sha256 and o.efface_le is not null`.execute(tx);
  return answer;
}

/** Until the transaction ends nothing is erased. */
export async function holdErasures(tx: Sql): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${LOCK})`.execute(tx);
}

/** Lets a page be kept when nobody was listed as removed since `seen` was counted; throws `RemovedMeanwhile` else. */
export async function requireNobodyRemoved(tx: Sql, seen: number): Promise<void> {
  await holdErasures(tx);
  if ((await countRemoved(tx)) !== seen) throw new RemovedMeanwhile('Cannot keep a page: a person was removed');
}
