import { sql as raw } from 'kysely';
import type { Database, Sql } from '../connect.ts';
import type { KeptEntry } from '../moderation/journal.ts';
import { chainFaults, type JournalFault } from './chain-faults.ts';
import { sealHash } from './seal.ts';

const FICHES_A_PAGE = 200;

/** How far a verification is. */
export interface Verified {
  readonly fiches: number;
  readonly rows: number;
  readonly seals: number;
  readonly faults: readonly JournalFault[];
}

type Joined = { readonly id: string; readonly journal_n: number; readonly journal_head: string | null } & {
  readonly [K in keyof KeptEntry]: KeptEntry[K] | null;
};

/** Fiches after one, with their chains: one statement, so that a platform at work moves nothing in between. */
async function chainPage(sql: Sql, after: string | null): Promise<readonly Joined[]> {
  const { rows } = await raw<Joined>`
    select f.id, f.journal_n, f.journal_head, j.fiche_id, j.n, j.soumission_id, j.organisme_id, j.at, j.by, j.role, j.act,
      j.from_statut, j.to_statut, j.data, j.interne, j.commande, j.prev_hash, j.hash
    from (select id, journal_n, journal_head from fiche where ${after}::uuid is null or id > ${after}::uuid
      order by id limit ${FICHES_A_PAGE}) f left join journal j on j.fiche_id = f.id
    order by f.id, j.n`.execute(sql);
  return rows;
}

const isKept = (row: Joined): row is Joined & KeptEntry => row.fiche_id !== null;

function faultsOfPage(page: readonly Joined[]): JournalFault[] {
  return [...Map.groupBy(page, ({ id }) => id)].flatMap(([fiche, rows]) => {
    const [first] = rows;
    if (first === undefined) return [];
    return chainFaults({ fiche, n: first.journal_n, hash: first.journal_head }, rows.filter(isKept));
  });
}

/** Rows that are not what a seal saw of them: whole chains written anew show here only. */
async function headFaults(sql: Sql, seal: number): Promise<JournalFault[]> {
  const { rows } = await raw<{ fiche_id: string; n: number; gone: boolean }>`
    select h.fiche_id, h.n, j.hash is null as gone from journal_seal_head h
      left join journal j on j.fiche_id = h.fiche_id and j.n = h.n
    where h.seal_n = ${seal} and j.hash is distinct from h.head order by h.fiche_id`.execute(sql);
  return rows.map(({ fiche_id: fiche, n, gone }) => ({ kind: gone ? 'removed' : 'changed', fiche, n }));
}

async function sealFaults(sql: Sql): Promise<{ readonly seals: number; readonly faults: JournalFault[] }> {
  const seals = await sql.selectFrom('journal_seal').selectAll().orderBy('n').execute();
  const faults: JournalFault[] = [];
  let before: { n: number; hash: string | null } = { n: 0, hash: null };
  for (const { n, at, chains, prev_hash: prevHash, hash } of seals) {
    const own = await sealHash(sql, { n, at, prevHash });
    const follows = n === before.n + 1 && prevHash === before.hash;
    if (!follows || own.hash !== hash || own.chains !== chains) faults.push({ kind: 'seal', fiche: null, n });
    faults.push(...(await headFaults(sql, n)));
    before = { n, hash };
  }
  return { seals: seals.length, faults };
}

const keyOf = ({ kind, fiche, n }: JournalFault) => `${kind} ${fiche ?? ''} ${n}`;

/**
 * Reads the whole journal through, in pages: each row's own hash, each chain, its head, then the seals. `told` hears how
 * far it is after each page.
 */
export async function verifyJournal(db: Database, told: (so: Verified) => void): Promise<Verified> {
  const faults = new Map<string, JournalFault>();
  const note = (found: readonly JournalFault[]) => {
    for (const fault of found) faults.set(keyOf(fault), fault);
  };
  let [fiches, rows] = [0, 0];
  let after: string | null = null;
  do {
    const page: readonly Joined[] = await db.asWorker((sql) => chainPage(sql, after));
    const ids = new Set(page.map(({ id }) => id));
    note(faultsOfPage(page));
    fiches += ids.size;
    rows += page.filter(isKept).length;
    after = ids.size < FICHES_A_PAGE ? null : (page.at(-1)?.id ?? null);
    told({ fiches, rows, seals: 0, faults: [...faults.values()] });
  } while (after !== null);
  const sealed = await db.asWorker((sql) => sealFaults(sql));
  note(sealed.faults);
  return { fiches, rows, seals: sealed.seals, faults: [...faults.values()] };
}
