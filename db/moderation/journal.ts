import { type RawBuilder, sql as raw, type Selectable } from 'kysely';
import type { JournalAct } from '../../domain/model/journal-acts.ts';
import type { Role, Statut } from '../../domain/model/vocabulary.ts';
import { json, type Sql, type Tables } from '../connect.ts';
import { contentHash } from './content.ts';

/** One step to tell; ids, statuses and instants only, never content or personal data. */
export interface JournalEntry {
  readonly ficheId: string;
  readonly organismeId: string;
  readonly soumissionId: string | null;
  readonly at: Date;
  readonly by: string | null;
  readonly role: Role | null;
  readonly act: JournalAct;
  readonly fromStatut?: Statut | null;
  readonly toStatut?: Statut | null;
  readonly data?: Readonly<Record<string, unknown>>;
  /** Hidden from the OF. */
  readonly interne?: boolean;
  readonly commande?: string;
}

/** A row as its hash covers it. */
interface ChainedEntry {
  readonly ficheId: string;
  readonly n: number;
  readonly soumissionId: string | null;
  readonly organismeId: string;
  readonly at: string;
  readonly by: string | null;
  readonly role: string | null;
  readonly act: string;
  readonly fromStatut: string | null;
  readonly toStatut: string | null;
  readonly data: Readonly<Record<string, unknown>>;
  readonly interne: boolean;
  readonly commande: string | null;
  readonly prevHash: string | null;
}

function chained(entry: JournalEntry, n: number, prevHash: string | null): ChainedEntry & { readonly hash: string } {
  const row: ChainedEntry = {
    ficheId: entry.ficheId,
    n,
    soumissionId: entry.soumissionId,
    organismeId: entry.organismeId,
    at: entry.at.toISOString(),
    by: entry.by,
    role: entry.role,
    act: entry.act,
    fromStatut: entry.fromStatut ?? null,
    toStatut: entry.toStatut ?? null,
    data: entry.data ?? {},
    interne: entry.interne ?? false,
    commande: entry.commande ?? null,
    prevHash,
  };
  return { ...row, hash: contentHash(row) };
}

/** Where a fiche's chain stands. */
export type ChainHead = Pick<Selectable<Tables['fiche']>, 'id' | 'journal_n' | 'journal_head'>;

/**
 * The two statements, for one question, that append steps to chains that stand at these heads, whose fiches the caller
 * has locked.
 */
export function journalling(
  entries: readonly JournalEntry[],
  heads: readonly ChainHead[],
): { readonly told: RawBuilder<unknown>; readonly moved: RawBuilder<unknown> } {
  const chains = new Map(heads.map((head) => [head.id, { n: head.journal_n, hash: head.journal_head }]));
  const rows = entries.map((entry) => {
    const chain = chains.get(entry.ficheId);
    if (chain === undefined) throw new Error(`Cannot find fiche "${entry.ficheId}" to journal "${entry.act}"`);
    const row = chained(entry, chain.n + 1, chain.hash);
    chains.set(entry.ficheId, { n: row.n, hash: row.hash });
    return row;
  });
  const ends = [...chains].map(([id, { n, hash }]) => ({ id, n, hash }));
  const told = raw`insert into journal
      (fiche_id, n, soumission_id, organisme_id, at, by, role, act, from_statut, to_statut, data, interne, commande, prev_hash, hash)
    select "ficheId", n, "soumissionId", "organismeId", at, by, role, act, "fromStatut", "toStatut", data, interne, commande, "prevHash", hash
    from jsonb_to_recordset(${json(rows)}) as x("ficheId" uuid, n int, "soumissionId" uuid, "organismeId" uuid,
      at timestamptz, by uuid, role text, act text, "fromStatut" text, "toStatut" text, data jsonb, interne boolean,
      commande text, "prevHash" text, hash text)`;
  const moved = raw`update fiche set journal_n = x.n, journal_head = x.hash
    from jsonb_to_recordset(${json(ends)}) as x(id uuid, n int, hash text) where fiche.id = x.id`;
  return { told, moved };
}

/**
 * Appends steps to the chains of their fiches, in the order given. Locks the fiches' rows in the order of their ids: a
 * caller that holds other locks takes the fiches' first.
 */
export async function appendJournal(sql: Sql, entries: readonly JournalEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const heads = await sql
    .selectFrom('fiche')
    .select(['id', 'journal_n', 'journal_head'])
    .where('id', 'in', [...new Set(entries.map(({ ficheId }) => ficheId))])
    .orderBy('id')
    .forUpdate()
    .execute();
  const { told, moved } = journalling(entries, heads);
  await raw`with told as (${told}) ${moved}`.execute(sql);
}

/** A row as the table holds it, without its id. */
export type KeptEntry = Omit<Selectable<Tables['journal']>, 'id'>;

/** The hash that a kept row bears when it is the `n`th of its chain and follows `prevHash`. */
export function hashOfKept(row: KeptEntry, n: number, prevHash: string | null): string {
  return contentHash({
    ficheId: row.fiche_id,
    n,
    soumissionId: row.soumission_id,
    organismeId: row.organisme_id,
    at: row.at.toISOString(),
    by: row.by,
    role: row.role,
    act: row.act,
    fromStatut: row.from_statut,
    toStatut: row.to_statut,
    data: row.data,
    interne: row.interne,
    commande: row.commande,
    prevHash,
  } satisfies ChainedEntry);
}

/** The rows of one fiche, oldest first, that do not continue their chain or do not bear their own hash. */
export async function brokenLinks(sql: Sql, ficheId: string): Promise<number[]> {
  const rows = await sql.selectFrom('journal').selectAll().where('fiche_id', '=', ficheId).orderBy('n').execute();
  let head: string | null = null;
  const broken: number[] = [];
  for (const [index, row] of rows.entries()) {
    if (row.hash !== hashOfKept(row, index + 1, head) || row.prev_hash !== head) broken.push(row.n);
    head = row.hash;
  }
  return broken;
}
