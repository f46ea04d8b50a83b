/** One figure with what it is compared to, both measured in the same run. */
export interface Row {
  readonly what: string;
  readonly measured: number;
  readonly unit: 'ms' | 's' | 'MB' | '×' | '/s' | 'items';
  /** The reference's figure, in the same unit; a limit is one too. */
  readonly reference: number;
  readonly referenceIs: string;
  /** Largest ratio of measured to reference that is accepted; absent for a figure that only informs. */
  readonly atMost?: number;
  /** Smallest ratio that is accepted, for figures of which more is better. */
  readonly atLeast?: number;
}

/** A benchmark: one file of this folder, named after it. */
export interface Bench {
  readonly name: string;
  readonly comparedTo: string;
  /** `scale`: 1 is the region of design §12, 15 the nation. */
  readonly run: (say: (line: string) => void, scale: number) => Promise<readonly Row[]>;
}

/** The q-quantile of some figures, 0 ≤ q ≤ 1, by the nearest rank. */
export function quantile(figures: readonly number[], q: number): number {
  const sorted = figures.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))] ?? Number.NaN;
}

export const ratioOf = ({ measured, reference }: Row): number => measured / reference;

/** False when the figure is out of what it promises. */
export function holds(row: Row): boolean {
  const ratio = ratioOf(row);
  return ratio <= (row.atMost ?? Number.POSITIVE_INFINITY) && ratio >= (row.atLeast ?? Number.NEGATIVE_INFINITY);
}
