import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../config.ts';
import { runCommand } from '../run-command.ts';
import type { Print } from '../progress.ts';

const PLUGIN = join(ROOT, 'grafana-plugin');
/** The built plugin. */
export const PLUGIN_DIST = join(PLUGIN, 'dist');
const BUILD_LIMIT = 300_000;

/**
 * Builds the plugin where its sources are newer than what was built.
 * @param note told what is left out, and why
 * @returns words for what was done
 */
export async function buildPlugin(note: Print, signal: AbortSignal): Promise<string> {
  const sources = ['src', '.config', 'package.json'].map((name) => join(PLUGIN, name));
  const frontend = await buildStale('build', join(PLUGIN_DIST, 'module.js'), sources, signal);
  if (frontend.problem !== undefined)
    note(`  The Grafana plugin could not be built, so Grafana has no dashboards of it:\n${frontend.problem}`);
  const backend = await buildBackend(signal);
  if (backend.problem !== undefined) note(`  ${backend.problem}`);
  return frontend.built || backend.built ? 'built' : 'up to date';
}

async function buildBackend(signal: AbortSignal): Promise<BuildResult> {
  const go = await runCommand('go', ['version'], { cwd: PLUGIN, limit: 20_000, signal });
  const consequence = "so Grafana's data source cannot answer: dashboards stay empty and alert rules fail";
  const stale = backendBinary() === undefined;
  if (!go.ok) {
    return stale
      ? { built: false, problem: `Go is not installed, the data source's backend is left out, ${consequence}.` }
      : { built: false };
  }
  const sources = ['pkg', 'go.mod', 'go.sum', 'scripts'].map((name) => join(PLUGIN, name));
  const result = await buildStale('build:backend', backendBinary(), sources, signal);
  return result.problem !== undefined
    ? { ...result, problem: `The backend could not be built, ${consequence}:\n${result.problem}` }
    : result;
}

interface BuildResult {
  built: boolean;
  problem?: string;
}

/** Runs a script of the plugin where its sources are newer than what it makes. */
export async function buildStale(
  script: string,
  target: string | undefined,
  sources: string[],
  signal: AbortSignal,
): Promise<BuildResult> {
  const made = target === undefined ? 0 : (statSync(target, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  if (made > newest(sources)) return { built: false };
  const { ok, output } = await runCommand('npm', ['run', script], {
    cwd: PLUGIN,
    limit: BUILD_LIMIT,
    signal,
  });
  return ok ? { built: true } : { built: false, problem: output.split('\n').slice(-15).join('\n') };
}

/** The backend that was built for this platform, named after the platform as Go calls it. */
function backendBinary(): string | undefined {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const suffix = `_${system}_${process.arch === 'x64' ? 'amd64' : process.arch}`;
  const dir = join(PLUGIN_DIST, 'datasource');
  if (!existsSync(dir)) return undefined;
  const name = readdirSync(dir).find(
    (entry) => entry.startsWith('gpx_') && entry.replace(/\.exe$/, '').endsWith(suffix),
  );
  return name && join(dir, name);
}

/** When the newest of these files and folders was changed, in milliseconds since 1970. */
function newest(paths: string[]): number {
  let latest = 0;
  for (const path of paths) {
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found) continue;
    const inside = found.isDirectory() ? newest(readdirSync(path).map((name) => join(path, name))) : 0;
    latest = Math.max(latest, found.mtimeMs, inside);
  }
  return latest;
}
