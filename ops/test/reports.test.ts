import { describe, expect, it } from '@jest/globals';
import { readJestReport, readPlaywrightReport } from './reports.ts';
import { closingLine, sum } from './result.ts';

describe('the count of the tests', () => {
  it('takes a suite that did not load for a failure', () => {
    const report = {
      numPassedTests: 3,
      numFailedTests: 1,
      numPendingTests: 2,
      numTodoTests: 1,
      numRuntimeErrorTestSuites: 1,
    };
    expect(readJestReport(JSON.stringify(report))).toEqual({ passed: 3, failed: 2, skipped: 3 });
  });

  it('takes a browser test that passed at the second try for a failure', () => {
    const report = { stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 }, errors: [{}] };
    expect(readPlaywrightReport(JSON.stringify(report))).toEqual({ passed: 4, failed: 3, skipped: 2 });
  });

  it('refuses a report of another shape rather than count nothing', () => {
    expect(() => readJestReport('{}')).toThrow();
    expect(() => readPlaywrightReport('{}')).toThrow();
  });

  it('ends with one line', () => {
    const parts = [
      { passed: 1, failed: 0, skipped: 2 },
      { passed: 3, failed: 1, skipped: 0 },
    ];
    expect(closingLine(sum(parts))).toBe('4 passed, 1 failed, 2 skipped');
  });
});
