import { z } from 'zod';
import type { Result } from './result.ts';

const jestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  numRuntimeErrorTestSuites: z.number(),
});

const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(z.unknown()),
});

/** Counts of a `jest --json` report; a suite that did not even load is one failure. */
export function readJestReport(json: string): Result {
  const it = jestReport.parse(JSON.parse(json));
  return {
    passed: it.numPassedTests,
    failed: it.numFailedTests + it.numRuntimeErrorTestSuites,
    skipped: it.numPendingTests + it.numTodoTests,
  };
}

/** Counts of Playwright's JSON report; a test that passed at the second try only is a failure, and so is an error outside tests. */
export function readPlaywrightReport(json: string): Result {
  const { stats, errors } = playwrightReport.parse(JSON.parse(json));
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped: stats.skipped };
}
