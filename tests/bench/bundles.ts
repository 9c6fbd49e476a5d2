import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ROOT } from '@fair-underwriting/stack/src/config.ts';
import { runCommand } from '@fair-underwriting/stack/src/run-command.ts';

/** What a browser loads, in gzipped bytes, without what Grafana itself brings. */
export interface BundleSize {
  bundle: string;
  bytes: number;
  wanted: number;
}

interface Chunk {
  files: string[];
  origins: { request: string }[];
}

/** What asks for the chunks of the first page: the app's entry, then the app, then the page. */
const FIRST_PAGE = ['module', './pages/App', './home/HomePage'];
const LIMIT = 300_000;

/** Builds the plugin as it is released. @returns sizes of each panel and of all that the app's first page needs */
export async function bundleSizes(): Promise<BundleSize[]> {
  const out = mkdtempSync(join(tmpdir(), 'fua-plugin-'));
  const report = join(out, 'stats.json');
  const plugin = join(ROOT, 'grafana-plugin');
  try {
    // The build fills in dates there, wherever else it writes.
    mkdirSync(join(plugin, 'dist'), { recursive: true });
    const args = ['run', 'build', '--', '--output-path', out, '--json', report];
    const { ok, output } = await runCommand('npm', args, { cwd: plugin, limit: LIMIT });
    if (!ok) throw new Error(`The plugin could not be built:\n${output}`);
    const { chunks } = JSON.parse(readFileSync(report, 'utf8')) as { chunks: Chunk[] };
    const size = (files: string[]) =>
      files.reduce((sum, file) => sum + gzipSync(readFileSync(join(out, file))).length, 0);
    return [
      ...['cohort', 'attribution'].map((panel) => ({
        bundle: `${panel} panel`,
        bytes: size([join('panels', panel, 'module.js')]),
        wanted: 60_000,
      })),
      { bundle: 'first page of the app', bytes: size(firstPageFiles(chunks)), wanted: 150_000 },
    ];
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

function firstPageFiles(chunks: Chunk[]): string[] {
  const lazy = FIRST_PAGE.slice(1).map((request) => {
    const found = chunks.filter(({ origins }) => origins.some((origin) => origin.request === request));
    if (found.length === 0)
      throw new Error(`Nothing loads ${request}: tell bundles.ts what the first page is made of.`);
    return found.flatMap(({ files }) => files);
  });
  // A file name may carry a query against caches.
  return [...new Set(['module.js', ...lazy.flat()])].map((file) => file.replace(/\?.*$/, ''));
}
