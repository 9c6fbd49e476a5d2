import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from '../support/chromium.ts';
import { readGoCounts, readJestCounts, readPlaywrightCounts, type Counts } from './counts.ts';

/** One command of the test run, and where its counts are read from. */
export interface Suite {
  name: string;
  what: string;
  command: string[];
  /** Folder relative to the repository's root. */
  folder?: string;
  env?: Record<string, string>;
  /** Keeps the command's standard output for `counts` instead of showing it. */
  capture?: boolean;
  /** Why the suite cannot run here; undefined when it can. */
  skip?: () => string | undefined;
  /** Test counts of a finished command; a command without them counts as one test. */
  counts?: (output: string) => Counts;
}

const node = process.execPath;
const reports = mkdtempSync(join(tmpdir(), 'fua-tests-'));
const jest = join('node_modules', 'jest', 'bin', 'jest.js');

function jestSuite(name: string, what: string, folders: string[], flags: string[] = []): Suite {
  const report = join(reports, `${name}.json`);
  // Roots, not patterns: a pattern would also match the path that the repository lies in.
  const roots = folders.flatMap((folder) => ['--roots', folder]);
  return {
    name,
    what,
    command: [node, '--experimental-vm-modules', jest, '--json', `--outputFile=${report}`, ...flags, ...roots],
    env: { NODE_NO_WARNINGS: '1' },
    capture: true,
    counts: () => readJestCounts(report),
  };
}

const missing = (program: string, args: string[]) => () =>
  spawnSync(program, args, { stdio: 'ignore' }).error === undefined ? undefined : `${program} is not installed`;

const pluginReport = join(reports, 'plugin.json');
const browserReport = join(reports, 'browser.json');
const chromium = findChromium();

export const suites: Suite[] = [
  { name: 'types', what: 'TypeScript', command: [node, join('node_modules', 'typescript', 'bin', 'tsc'), '--build'] },
  { name: 'lint', what: 'ESLint', command: [node, join('node_modules', 'eslint', 'bin', 'eslint.js'), '.'] },
  {
    name: 'format',
    what: 'Prettier',
    command: [node, join('node_modules', 'prettier', 'bin', 'prettier.cjs'), '--check', '--log-level=warn', '.'],
  },
  jestSuite('unit', 'each package by itself', [
    'database',
    'cube',
    'stack',
    'http-service',
    'alert-service',
    'ml-service',
  ]),
  jestSuite('integration', 'across packages: real Postgres, real Cube', ['tests'], ['--maxWorkers=2']),
  {
    name: 'go',
    what: "the data source's backend",
    command: ['go', 'test', '-json', './...'],
    folder: 'grafana-plugin',
    capture: true,
    skip: missing('go', ['version']),
    counts: readGoCounts,
  },
  {
    name: 'plugin',
    what: "the Grafana plugin's front end",
    command: ['npm', 'run', '--silent', 'test:ci', '--', '--json', `--outputFile=${pluginReport}`],
    folder: 'grafana-plugin',
    capture: true,
    counts: () => readJestCounts(pluginReport),
  },
  {
    name: 'browser',
    what: 'the panels in Chromium',
    command: ['npm', 'run', '--silent', 'test:browser'],
    folder: 'grafana-plugin',
    env: { BROWSER_REPORT: browserReport, CHROMIUM_PATH: chromium ?? '' },
    skip: () => (chromium === undefined ? 'there is no Chromium on the PATH or in CHROMIUM_PATH' : undefined),
    counts: () => readPlaywrightCounts(browserReport),
  },
];
