import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Counts } from './counts.ts';
import type { Suite } from './suites.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

export interface SuiteResult extends Counts {
  name: string;
}

/** Runs a suite's command and counts its tests. A command that fails without a failed test counts as one. */
export async function runSuite(suite: Suite): Promise<SuiteResult> {
  const reason = suite.skip?.();
  if (reason !== undefined) {
    console.log(`\n== ${suite.name}: skipped, ${reason}`);
    return { name: suite.name, passed: 0, failed: 0, skipped: 1 };
  }
  console.log(`\n== ${suite.name}: ${suite.what}`);
  const started = Date.now();
  const { code, output } = await run(suite);
  const counts = count(suite, code, output);
  if (suite.capture === true && suite.counts !== undefined && counts.failed > 0) console.log(goFailures(output));
  console.log(
    `   ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped ` +
      `in ${Math.round((Date.now() - started) / 1000)} s`,
  );
  return { name: suite.name, ...counts };
}

/** Prints the totals, the line alone at the end. @returns whether something ran and nothing failed */
export function summarise(results: SuiteResult[]): boolean {
  const sum = (key: keyof Counts) => results.reduce((total, result) => total + result[key], 0);
  const [passed, failed, skipped] = [sum('passed'), sum('failed'), sum('skipped')];
  console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  return passed > 0 && failed === 0;
}

function run(suite: Suite): Promise<{ code: number; output: string }> {
  const [program = '', ...args] = suite.command;
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: join(root, suite.folder ?? '.'),
      env: { ...process.env, ...suite.env },
      stdio: ['ignore', suite.capture === true ? 'pipe' : 'inherit', 'inherit'],
    });
    let output = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
    child.on('error', (error) => {
      console.error(`${program} could not be started: ${error.message}`);
    });
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

function count(suite: Suite, code: number, output: string): Counts {
  if (suite.counts === undefined) return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
  try {
    const counts = suite.counts(output);
    return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
  } catch (error) {
    console.error(`No counts of ${suite.name}: ${(error as Error).message}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/** Go writes its failures as JSON events on standard output; Jest writes its own on standard error, seen already. */
function goFailures(output: string): string {
  return output
    .split('\n')
    .filter((line) => line.startsWith('{"Time"') || line.startsWith('{"ImportPath"'))
    .map((line) => (JSON.parse(line) as { Output?: string }).Output ?? '')
    .join('');
}
