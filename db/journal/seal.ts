import { createHash } from 'node:crypto';
import { sql as raw } from 'kysely';
import type { Sql } from '../connect.ts';

const PAGE = 5_000;

export interface Seal {
  readonly n: number;
  readonly at: Date;
  /** How many chains moved since the one before. */
  readonly chains: number;
  readonly prevHash: string | null;
  readonly hash: string;
}

interface Head {
  readonly fiche_id: string;
  readonly n: number;
  readonly head: string;
}

/** The heads that a seal covers, by fiche, in pages. */
async function* headsOf(sql: Sql, seal: number): AsyncGenerator<readonly Head[]> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const rows = await sql
      .selectFrom('journal_seal_head')
      .select(['fiche_id', 'n', 'head'])
      .where('seal_n', '=', seal)
      .where('fiche_id', '>', after)
      .orderBy('fiche_id')
      .limit(PAGE)
      .execute();
    yield rows;
    if (rows.length < PAGE) return;
    after = rows.at(-1)?.fiche_id ?? after;
  }
}

/** SHA-256 over a seal's number, instant, predecessor and heads in the order of their fiches: one line each. */
export async function sealHash(
  sql: Sql,
  { n, at, prevHash }: Pick<Seal, 'n' | 'at' | 'prevHash'>,
): Promise<{ readonly hash: string; readonly chains: number }> {
  const digest = createHash('sha256').update(`${n} ${at.toISOString()} ${prevHash ?? '-'}\n`);
  let chains = 0;
  for await (const page of headsOf(sql, n)) {
    for (const head of page) digest.update(`${head.fiche_id} ${head.n} ${head.head}\n`);
    chains += page.length;
  }
  return { hash: digest.digest('hex'), chains };
}

/**
 * Seals the heads of all chains that moved since the last seal, in the caller's transaction; null when none did. Two at
 * once wait for each other.
 */
export async function sealJournal(sql: Sql, at: Date): Promise<Seal | null> {
  await raw`select pg_advisory_xact_lock(hashtext('journal_seal'))`.execute(sql);
  const last = await sql.selectFrom('journal_seal').select(['n', 'hash']).orderBy('n', 'desc').executeTakeFirst();
  const n = (last?.n ?? 0) + 1;
  await raw`insert into journal_seal_head (seal_n, fiche_id, n, head)
    select ${n}, f.id, f.journal_n, f.journal_head from fiche f
      left join lateral (select h.n from journal_seal_head h where h.fiche_id = f.id order by h.seal_n desc limit 1) s on true
    where f.journal_head is not null and f.journal_n > coalesce(s.n, 0)`.execute(sql);
  const prevHash = last?.hash ?? null;
  const { hash, chains } = await sealHash(sql, { n, at, prevHash });
  if (chains === 0) return null;
  await sql.insertInto('journal_seal').values({ n, at, chains, prev_hash: prevHash, hash }).execute();
  return { n, at, chains, prevHash, hash };
}
