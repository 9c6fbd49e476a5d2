import { readFileSync } from 'node:fs';

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

interface JestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numRuntimeErrorTestSuites: number;
}

/** Counts of a report that Jest wrote with --json; a test file that could not run counts as a failed test. */
export function readJestCounts(file: string): Counts {
  const report = JSON.parse(readFileSync(file, 'utf8')) as JestReport;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped: report.numPendingTests,
  };
}

/** Counts of the output of `go test -json`; a package that did not build counts as a failed test. */
export function readGoCounts(output: string): Counts {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const failedPackages = new Set<string>();
  const packagesWithFailedTest = new Set<string>();
  for (const line of output.split('\n')) {
    if (!line.startsWith('{')) continue;
    const event = JSON.parse(line) as { Action: string; Test?: string; Package?: string };
    if (event.Test === undefined) {
      if (event.Action === 'fail' && event.Package !== undefined) failedPackages.add(event.Package);
    } else if (event.Action === 'pass') counts.passed += 1;
    else if (event.Action === 'skip') counts.skipped += 1;
    else if (event.Action === 'fail') {
      counts.failed += 1;
      if (event.Package !== undefined) packagesWithFailedTest.add(event.Package);
    }
  }
  for (const name of failedPackages) if (!packagesWithFailedTest.has(name)) counts.failed += 1;
  return counts;
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  errors: unknown[];
}

/** Counts of a report that Playwright wrote; a file that could not be loaded counts as a failed test. */
export function readPlaywrightCounts(file: string): Counts {
  const { stats, errors } = JSON.parse(readFileSync(file, 'utf8')) as PlaywrightReport;
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  };
}
