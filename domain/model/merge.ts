import { isArray, isKeyed, isLeaf, isRecord, sameJson } from './json.ts';
import { joinPath } from './paths.ts';

/** A field that both sides changed, each otherwise; the merged document holds `ours`. */
export interface Conflict {
  readonly path: string;
  readonly base: unknown;
  readonly ours: unknown;
  readonly theirs: unknown;
}

export interface Merge<T> {
  readonly merged: T;
  readonly conflicts: readonly Conflict[];
}

type Sides = { readonly base: unknown; readonly ours: unknown; readonly theirs: unknown };

function mergeAt(path: string, { base, ours, theirs }: Sides, conflicts: Conflict[]): unknown {
  if (sameJson(ours, theirs) || sameJson(base, theirs)) return ours;
  if (sameJson(base, ours)) return theirs;
  if (isRows(ours) && isRows(theirs) && (base === undefined || isRows(base))) {
    return mergeRows(path, base ?? [], ours, theirs, conflicts);
  }
  if (isBranch(ours) && isBranch(theirs) && (base === undefined || isBranch(base))) {
    return mergeBranches(path, base ?? {}, ours, theirs, conflicts);
  }
  conflicts.push({ path, base, ours, theirs });
  return ours;
}

type Rows = readonly { readonly id: string }[];

function isRows(value: unknown): value is Rows {
  return isArray(value) && (value.length === 0 || isKeyed(value));
}

function isBranch(value: unknown): value is Readonly<Record<string, unknown>> {
  return isRecord(value) && !isLeaf(value);
}

function mergeBranches(
  path: string,
  base: Readonly<Record<string, unknown>>,
  ours: Readonly<Record<string, unknown>>,
  theirs: Readonly<Record<string, unknown>>,
  conflicts: Conflict[],
): Record<string, unknown> {
  const merged: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
    const sides = { base: base[key], ours: ours[key], theirs: theirs[key] };
    const value = mergeAt(joinPath(path, key), sides, conflicts);
    if (value !== undefined) merged[key] = value;
  }
  return merged;
}

function mergeRows(path: string, base: Rows, ours: Rows, theirs: Rows, conflicts: Conflict[]): unknown[] {
  const find = (rows: Rows, id: string): unknown => rows.find((row) => row.id === id);
  const order = (rows: Rows) => rows.map(({ id }) => id).join();
  const keptOf = (rows: Rows) => rows.filter(({ id }) => base.some((row) => row.id === id));
  const oursKeepOrder = order(keptOf(ours)) === order(base.filter(({ id }) => find(ours, id) !== undefined));
  const ids = (oursKeepOrder ? [theirs, ours] : [ours, theirs]).flatMap((rows) => rows.map(({ id }) => id));
  return [...new Set(ids)].flatMap((id) => {
    const sides = { base: find(base, id), ours: find(ours, id), theirs: find(theirs, id) };
    const row = mergeAt(joinPath(path, id), sides, conflicts);
    return row === undefined ? [] : [row];
  });
}

/**
 * Three-way merge by field: what one side alone changed passes, what both changed otherwise is a conflict. Rows with an
 * id merge one by one; a repeated LHÉO element is one field as a whole.
 */
export function mergeDocuments<T>(base: T, ours: T, theirs: T): Merge<T> {
  const conflicts: Conflict[] = [];
  const merged = mergeAt('', { base, ours, theirs }, conflicts) as T;
  return { merged, conflicts };
}
