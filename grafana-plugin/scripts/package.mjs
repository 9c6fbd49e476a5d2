#!/usr/bin/env node
// Makes the zips that are released: one with the backend for every platform, and one for each. The same commit gives
// the same bytes. --sign has Grafana's signer sign each (needs GRAFANA_ACCESS_POLICY_TOKEN); --built takes dist as it is.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ZipFile } from 'yazl';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const binary = /^gpx_.*_(linux|darwin|windows)_(amd64|arm64)(?:\.exe)?$/;

const { values: options } = parseArgs({
  options: {
    built: { type: 'boolean', default: false },
    sign: { type: 'boolean', default: false },
    dist: { type: 'string', default: join(root, 'dist') },
    out: { type: 'string', default: join(root, 'artifacts') },
  },
});

try {
  await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

async function main() {
  if (options.sign && !process.env.GRAFANA_ACCESS_POLICY_TOKEN) {
    throw new Error('--sign needs GRAFANA_ACCESS_POLICY_TOKEN: a token of grafana.com with the scope plugins:write.');
  }
  if (!options.built) {
    run('npm', ['run', 'build']);
    run('npm', ['run', 'build:backend:all']);
  }
  const dist = resolve(options.dist);
  const files = await listFiles(dist);
  const platforms = [...new Set(files.map(platformOf).filter(Boolean))].sort();
  if (!files.includes('plugin.json') || platforms.length === 0) {
    throw new Error(`${dist} holds no built plugin with backend: leave --built out, or build both first.`);
  }
  await mkdir(options.out, { recursive: true });
  for (const platform of [undefined, ...platforms]) {
    await makeZip(dist, files, platform);
  }
}

/** Everything but the backends for other platforms; those for all when no platform is given. */
async function makeZip(dist, files, platform) {
  const stage = await mkdtemp(join(tmpdir(), 'plugin-package-'));
  try {
    const { id, info } = JSON.parse(await readFile(join(dist, 'plugin.json'), 'utf8'));
    const folder = join(stage, id);
    const date = releaseDate();
    for (const file of files) {
      if (platform === undefined || [undefined, platform].includes(platformOf(file))) {
        await stageFile(dist, folder, file, date);
      }
    }
    if (options.sign) {
      run('npx', ['--yes', '@grafana/sign-plugin@latest', '--distDir', folder]);
    }
    const name = `${id}-${info.version}${platform === undefined ? '' : `.${platform}`}.zip`;
    const target = join(options.out, name);
    await zip(stage, target, date);
    const hash = createHash('sha256')
      .update(await readFile(target))
      .digest('hex');
    await writeFile(`${target}.sha256`, `${hash}  ${name}\n`);
    console.log(`${hash}  ${target}`);
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
}

/** The build writes the day it ran into each plugin.json: the day of the commit takes its place. */
async function stageFile(dist, folder, file, date) {
  const target = join(folder, file);
  await mkdir(dirname(target), { recursive: true });
  if (!/(^|\/)plugin\.json$/.test(file)) {
    await cp(join(dist, file), target);
    return;
  }
  const plugin = JSON.parse(await readFile(join(dist, file), 'utf8'));
  plugin.info.updated = date.toISOString().slice(0, 10);
  await writeFile(target, `${JSON.stringify(plugin, null, 2)}\n`);
}

async function zip(folder, target, mtime) {
  const archive = new ZipFile();
  for (const file of await listFiles(folder)) {
    const mode = binary.test(file.split('/').at(-1)) ? 0o100755 : 0o100644;
    archive.addFile(join(folder, file), file, { mtime, mode, forceDosTimestamp: true });
  }
  archive.end();
  await pipeline(archive.outputStream, createWriteStream(target));
}

/** Paths of all files below a folder, with slashes, in one order everywhere. */
async function listFiles(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      relative(folder, join(entry.parentPath ?? entry.path, entry.name))
        .split(sep)
        .join('/')
    )
    .sort();
}

function platformOf(file) {
  const [, system, architecture] = binary.exec(file.split('/').at(-1)) ?? [];
  return system && `${system}_${architecture}`;
}

/** SOURCE_DATE_EPOCH as reproducible builds have it, else the day of the commit that is checked out. */
function releaseDate() {
  const { stdout } = spawnSync('git', ['log', '-1', '--format=%ct'], { cwd: root, encoding: 'utf8' });
  const seconds = Number(process.env.SOURCE_DATE_EPOCH ?? (stdout || NaN));
  if (!Number.isInteger(seconds)) {
    throw new Error('There is no commit to take the date from: set SOURCE_DATE_EPOCH, in seconds since 1970.');
  }
  // The clock of a zip has no zone and ticks every two seconds: a whole day in UTC is the same everywhere.
  return new Date(Math.floor(seconds / 86_400) * 86_400_000);
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    throw new Error(`${command} ${args.join(' ')} failed${error ? `: ${error.message}` : ''}.`);
  }
}
