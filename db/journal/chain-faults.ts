import { hashOfKept, type KeptEntry } from '../moderation/journal.ts';

export const JOURNAL_FAULTS = ['changed', 'removed', 'inserted', 'head', 'seal'] as const;
export type JournalFaultKind = (typeof JOURNAL_FAULTS)[number];

/** What is wrong with the journal, and where: a fiche and a row of its chain, or a seal. */
export interface JournalFault {
  readonly kind: JournalFaultKind;
  readonly fiche: string | null;
  readonly n: number;
}

/** What the fiche's own row says of its chain. */
export interface ChainHead {
  readonly fiche: string;
  readonly n: number;
  readonly hash: string | null;
}

/** The place in its chain at which a row bears its own hash, near where it is: rows after one put in or taken out moved. */
function ownPlace(row: KeptEntry, shift: number): number | undefined {
  const near = [row.n - shift, row.n, row.n - 1, row.n + 1];
  return near.find((n) => n > 0 && hashOfKept(row, n, row.prev_hash) === row.hash);
}

/**
 * Walks one chain, its rows in order, against its head: a row whose content is not what its hash covers was changed, one
 * that the next does not follow was inserted, a place that nobody has was removed.
 */
export function chainFaults({ fiche, n: last, hash: head }: ChainHead, rows: readonly KeptEntry[]): JournalFault[] {
  const faults: JournalFault[] = [];
  const found = (kind: JournalFaultKind, n: number) => faults.push({ kind, fiche, n });
  let before: { readonly n: number; readonly hash: string | null } = { n: 0, hash: null };
  let shift = 0;
  for (const [index, row] of rows.entries()) {
    const next = rows[index + 1];
    const skipped = next !== undefined && next.prev_hash === before.hash && next.prev_hash !== row.hash;
    const beyond = next === undefined && before.n === last && before.hash === head;
    if (skipped || beyond) {
      found('inserted', row.n);
      shift += 1;
      continue;
    }
    const place = ownPlace(row, shift);
    if (place === undefined) found('changed', row.n);
    const n = place ?? row.n - shift;
    if (row.prev_hash !== before.hash || n !== before.n + 1) {
      for (let gone = before.n + 1; gone < n; gone++) found('removed', gone);
      // It bears its own hash but follows another: the row before it was written anew.
      if (n <= before.n + 1 && place !== undefined) found('changed', Math.max(1, before.n));
    }
    shift = row.n - n;
    before = { n, hash: row.hash };
  }
  for (let gone = before.n + 1; gone <= last; gone++) found('removed', gone);
  if (faults.length === 0 && before.hash !== head) found('head', last);
  return faults;
}
