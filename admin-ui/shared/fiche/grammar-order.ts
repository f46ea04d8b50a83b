import { ELEMENTS } from '../../../domain/grammar/elements.ts';
import type { ElementRow } from '../../../domain/grammar/shape.ts';
import { pathSteps } from '../../../domain/model/paths.ts';

/** The title leads; the rest comes as LHÉO orders it. */
const FIRST = new Set(['intitule-formation', 'raison-sociale', 'nom-organisme']);

/** Rank of each child in the sequences that hold it, the widest ones last so that the levels' own order wins. */
const RANKS: ReadonlyMap<string, number> = new Map(
  (Object.values(ELEMENTS) as readonly ElementRow[])
    .filter((row) => row.kind === 'sequence')
    .toSorted((a, b) => a.children.length - b.children.length)
    .flatMap((row) => row.children.map(([name], rank) => [name, FIRST.has(name) ? -1 : rank] as const)),
);

function rankOf(step: string): number {
  return /^\d+$/.test(step) ? Number(step) : (RANKS.get(step) ?? 0);
}

/** Orders two addresses of one level as LHÉO orders its fields: the database keeps JSON in an order of its own. */
export function byGrammar(a: string, b: string): number {
  const [left, right] = [pathSteps(a), pathSteps(b)];
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const [x, y] = [left[at] ?? '', right[at] ?? ''];
    if (x !== y) return rankOf(x) - rankOf(y) || x.localeCompare(y);
  }
  return left.length - right.length;
}
