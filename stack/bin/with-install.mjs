#!/usr/bin/env node
// Runs a TypeScript entry point: with-install.mjs ENTRY [ARGUMENTS]. Installs the workspace first when needed.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { setInterval } from 'node:timers';
import { fileURLToPath } from 'node:url';
import { installIfNeeded } from './install.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 11)) {
  console.error(`Node ${process.versions.node} is too old: 20.11 or newer is needed.`);
  process.exit(1);
}
try {
  await installIfNeeded(root);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

const [entry, ...args] = process.argv.slice(2);
const parent = process.ppid;
const child = spawn(process.execPath, ['--import', 'tsx', join(root, entry), ...args], {
  cwd: root,
  // The channel carries no message: its end tells a long-running command that this process is gone.
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  env: { ...process.env, INIT_CWD: process.env.INIT_CWD ?? process.cwd() },
});
// The terminal sends Ctrl-C to the whole group; a plain kill reaches only this process, so it is passed on.
process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
// npm killed outright cannot pass anything on.
if (process.env.npm_lifecycle_event) {
  setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 1_000).unref();
}
const numbers = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };
child.on('exit', (code, signal) => process.exit(signal ? 128 + (numbers[signal] ?? 0) : (code ?? 1)));
