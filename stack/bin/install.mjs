// Installs the workspace when that was never finished or package-lock.json changed since.
// Plain JavaScript on Node's own modules only: nothing else can be counted on before the first install.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clearTimeout, setTimeout } from 'node:timers';
import { setTimeout as sleep } from 'node:timers/promises';
import { releaseLock, takeLock } from './pid-lock.mjs';
import { prepare } from './prepare.mjs';

const longestWait = 15 * 60_000; // milliseconds for another command's install
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const commandLimit = 15 * 60_000; // milliseconds for one npm command

/**
 * Returns at once when everything is in place. Two commands at the same time install once: the second waits.
 * @param {string} root the repository's root folder
 * @throws {Error} saying what failed and what to do
 */
export async function installIfNeeded(root) {
  if (isInstalled(root)) return;
  mkdirSync(join(root, '.data'), { recursive: true });
  const lock = join(root, '.data', 'install.lock');
  const giveUp = Date.now() + longestWait;
  for (let told = false, holder; (holder = takeLock(lock));) {
    if (!told) console.error(`Another command (process ${holder.pid}) is installing packages: waiting for it ...`);
    told = true;
    if (Date.now() > giveUp)
      throw new Error(`Process ${holder.pid} is still installing: stop it, then run this again.`);
    await sleep(500);
  }
  try {
    if (!isInstalled(root)) await install(root);
  } finally {
    releaseLock(lock);
  }
}

async function install(root) {
  // npm ci empties the folder: through a link it would empty somebody else's.
  if (lstatSync(join(root, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink()) {
    throw new Error('node_modules is a link: remove it, then run this again to install packages here.');
  }
  const started = Date.now();
  console.error('Installing packages (first run, or package-lock.json changed) ...');
  const run = (args) => npm(root, args);
  const result = await run(['ci', '--no-progress']);
  if (!result.ok) {
    throw new Error(
      `npm ci failed:\n${result.output.split('\n').slice(0, 15).join('\n')}\nCheck the network and npm's settings, then run this again.`,
    );
  }
  await prepare(root, run);
  writeStamp(root);
  console.error(`Packages installed in ${Math.round((Date.now() - started) / 1000)} s.`);
}

function stampPath(root) {
  return join(root, 'node_modules', '.installed');
}

/** npm ci empties node_modules first, so a stamp is only ever beside a finished install. */
function isInstalled(root) {
  try {
    return readFileSync(stampPath(root), 'utf8') === fingerprint(root);
  } catch (error) {
    if (error.code === 'ENOENT') return false;
    throw error;
  }
}

/** Marks the packages that are there as complete for the present package-lock.json. */
function writeStamp(root) {
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  const fresh = `${stampPath(root)}.${process.pid}`;
  writeFileSync(fresh, fingerprint(root));
  renameSync(fresh, stampPath(root));
}

/** The binaries of another platform are of no use here: a folder shared between machines installs again. */
function fingerprint(root) {
  const lockfile = readFileSync(join(root, 'package-lock.json'));
  return `${process.platform}-${process.arch} ${createHash('sha256').update(lockfile).digest('hex')}\n`;
}

/** Runs npm in a process group of its own, which ends with this process when that is told to stop. */
function npm(root, args) {
  return new Promise((resolve) => {
    const child = spawn('npm', args, {
      cwd: root,
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
      env: { ...process.env, npm_config_loglevel: 'error' },
    });
    const end = () => {
      if (child.pid && child.exitCode === null) process.kill(process.platform === 'win32' ? child.pid : -child.pid);
    };
    const stopped = () => {
      end();
      process.exit(1);
    };
    for (const signal of SIGNALS) process.on(signal, stopped);
    const limit = setTimeout(end, commandLimit);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    const finish = (ok, text) => {
      clearTimeout(limit);
      for (const signal of SIGNALS) process.off(signal, stopped);
      resolve({ ok, output: text.trim() });
    };
    child.once('error', (error) => finish(false, error.message));
    child.once('close', (code) => finish(code === 0, output));
  });
}
