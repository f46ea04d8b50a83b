import { canonicalJson, isArray, isKeyed, isLeaf, isRecord, type JsonRecord, sameJson } from './json.ts';
import { joinPath } from './paths.ts';

export const DIFFERENCE_KINDS = ['added', 'removed', 'changed', 'moved'] as const;
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

/** One difference between two versions of a fiche; `path` is in the later one, of a removed item in the earlier. */
export interface Difference {
  readonly path: string;
  readonly kind: DifferenceKind;
  readonly before?: unknown;
  readonly after?: unknown;
}

type Found = Difference[];

function diffAt(path: string, before: unknown, after: unknown, found: Found): void {
  if (sameJson(before, after)) return;
  if ((isArray(before) || before === undefined) && (isArray(after) || after === undefined)) {
    diffArrays(path, before ?? [], after ?? [], found);
  } else if (before === undefined) found.push({ path, kind: 'added', after });
  else if (after === undefined) found.push({ path, kind: 'removed', before });
  else if (!isLeaf(before) && !isLeaf(after) && isRecord(before) && isRecord(after))
    diffRecords(path, before, after, found);
  else found.push({ path, kind: 'changed', before, after });
}

function diffRecords(path: string, before: JsonRecord, after: JsonRecord, found: Found): void {
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    diffAt(joinPath(path, key), before[key], after[key], found);
  }
}

function diffArrays(path: string, before: readonly unknown[], after: readonly unknown[], found: Found): void {
  if ((isKeyed(before) || before.length === 0) && (isKeyed(after) || after.length === 0)) {
    const byId = (rows: readonly unknown[]) => new Map(rows.filter(isRecord).map((row) => [String(row.id), row]));
    diffRows(path, byId(before), byId(after), found);
  } else {
    diffItems(path, before, after, found);
  }
}

/** Items whose order among the common ones changed: those outside the longest run that kept it. */
function movedOf(before: readonly string[], after: readonly string[]): Set<string> {
  const rank = new Map(before.map((key, index) => [key, index]));
  const common = after.filter((key) => rank.has(key));
  if (sameOrder(before, after)) return new Set();
  const lengths: number[] = [];
  const previous: number[] = [];
  common.forEach((key, index) => {
    lengths[index] = 1;
    previous[index] = -1;
    for (let earlier = 0; earlier < index; earlier++) {
      const ordered = (rank.get(common[earlier] ?? '') ?? 0) < (rank.get(key) ?? 0);
      if (ordered && (lengths[earlier] ?? 0) + 1 > (lengths[index] ?? 0)) {
        lengths[index] = (lengths[earlier] ?? 0) + 1;
        previous[index] = earlier;
      }
    }
  });
  const moved = new Set(common);
  for (let at = lengths.indexOf(Math.max(0, ...lengths)); at >= 0; at = previous[at] ?? -1)
    moved.delete(common[at] ?? '');
  return moved;
}

function sameOrder(before: readonly string[], after: readonly string[]): boolean {
  const kept = new Set(after);
  const known = new Set(before);
  const common = after.filter((key) => known.has(key));
  return before.filter((key) => kept.has(key)).every((key, index) => key === common[index]);
}

function diffRows(
  path: string,
  before: ReadonlyMap<string, unknown>,
  after: ReadonlyMap<string, unknown>,
  found: Found,
): void {
  for (const [id, row] of before)
    if (!after.has(id)) found.push({ path: joinPath(path, id), kind: 'removed', before: row });
  const orders = [[...before.keys()], [...after.keys()]] as const;
  const moved = movedOf(...orders);
  for (const [id, row] of after) {
    if (moved.has(id)) found.push({ path: joinPath(path, id), kind: 'moved' });
    diffAt(joinPath(path, id), before.get(id), row, found);
  }
}

/** Repeated elements: equal contents are the same item, the others pair up in order. */
function diffItems(path: string, before: readonly unknown[], after: readonly unknown[], found: Found): void {
  const left = before.map((item, index) => ({ item, index, key: canonicalJson(item) }));
  const paired: { from: number; to: number }[] = [];
  const fresh: { item: unknown; index: number }[] = [];
  after.forEach((item, index) => {
    const key = canonicalJson(item);
    const match = left.findIndex((candidate) => candidate.key === key);
    const [same] = match < 0 ? [] : left.splice(match, 1);
    if (same === undefined) fresh.push({ item, index });
    else paired.push({ from: same.index, to: index });
  });
  const orders = [paired.map(({ from }) => from).sort((a, b) => a - b), paired.map(({ from }) => from)] as const;
  const moved = movedOf(orders[0].map(String), orders[1].map(String));
  for (const { from, to } of paired)
    if (moved.has(String(from))) found.push({ path: joinPath(path, to), kind: 'moved' });
  for (const [rank, { item, index }] of fresh.entries()) diffAt(joinPath(path, index), left[rank]?.item, item, found);
  for (const { item, index } of left.slice(fresh.length))
    found.push({ path: joinPath(path, index), kind: 'removed', before: item });
}

/**
 * What changed between two documents of a fiche. Actions, sessions, dispositifs and sites are aligned by id, repeated
 * LHÉO elements by content, then by order; a text and its attributes are one field.
 */
export function diffDocuments(before: unknown, after: unknown): Difference[] {
  const found: Found = [];
  diffAt('', before, after, found);
  return found;
}
