/** What a part of the tests counted. */
export interface Result {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const NONE: Result = { passed: 0, failed: 0, skipped: 0 };
/** A part that could not run at all counts as one failure. */
export const BROKEN: Result = { passed: 0, failed: 1, skipped: 0 };

export function sum(results: readonly Result[]): Result {
  return results.reduce(
    (all, one) => ({
      passed: all.passed + one.passed,
      failed: all.failed + one.failed,
      skipped: all.skipped + one.skipped,
    }),
    NONE,
  );
}

/** The closing line, alone on its line. */
export function closingLine({ passed, failed, skipped }: Result): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
