#!/usr/bin/env node
// Builds the data source's backend next to its plugin.json: for this machine, or with --all for every platform
// that Grafana runs on.
import { spawnSync } from 'node:child_process';
import { join, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const name = 'gpx_fairunderwriting_cube';
const operatingSystems = { linux: 'linux', darwin: 'darwin', win32: 'windows' };
const architectures = { x64: 'amd64', arm64: 'arm64' };

const everywhere = [
  ['linux', 'amd64'],
  ['linux', 'arm64'],
  ['darwin', 'amd64'],
  ['darwin', 'arm64'],
  ['windows', 'amd64'],
];
const here = [[operatingSystems[process.platform], architectures[process.arch]]];

if (spawnSync('go', ['version']).error) {
  console.error('Go is not installed: the backend of the data source was not built. Get it from https://go.dev/dl.');
  process.exit(1);
}

for (const [os, architecture] of process.argv.includes('--all') ? everywhere : here) {
  const target = join('dist', 'datasource', `${name}_${os}_${architecture}${os === 'windows' ? '.exe' : ''}`);
  console.log(target);
  const { status } = spawnSync('go', ['build', '-trimpath', '-ldflags', '-s -w', '-o', target, './pkg'], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, CGO_ENABLED: '0', GOOS: os, GOARCH: architecture },
  });
  if (status !== 0) {
    process.exit(status ?? 1);
  }
}
