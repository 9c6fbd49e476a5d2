// Cube does not start without its native add-on, whose binary cannot be downloaded everywhere.
// Plain JavaScript on Node's own modules only: this runs right after the install.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const standIn = join(dirname(fileURLToPath(import.meta.url)), '..', 'native-stand-in');
const reachTimeout = 3_000; // milliseconds to see whether the download host answers at all
const downloadTimeout = 60_000; // milliseconds for the download itself

/**
 * Makes `@cubejs-backend/native` loadable: leaves a real binary alone, else tries the package's own download once,
 * else puts the JavaScript stand-in in its place. Never throws because of the network.
 *
 * @param {string} root the repository's root folder
 * @param {(args: string[]) => boolean} [run] runs npm with the given arguments, bounded in time; true on success
 * @returns {'native' | 'portable'} what Cube will use
 */
export function placeNative(root, run = (args) => npm(root, args)) {
  const addOn = join(root, 'node_modules', '@cubejs-backend', 'native');
  if (!existsSync(addOn)) throw new Error(`${addOn} is missing: run npm ci first.`);
  if (hasBinary(addOn)) return 'native';

  const target = join(addOn, 'native', 'index.node');
  if (process.env.FUA_NATIVE !== 'skip' && reachable(addOn)) {
    // The download's unpacking would fail on the stand-in's folder.
    rmSync(target, { recursive: true, force: true });
    const done = run(['rebuild', '@cubejs-backend/native', '--ignore-scripts=false']);
    if (done && hasBinary(addOn) && loads(target)) return 'native';
  }
  rmSync(target, { recursive: true, force: true });
  cpSync(standIn, target, { recursive: true });
  return 'portable';
}

function hasBinary(addOn) {
  const places = [join(addOn, 'index.node'), join(addOn, 'native', 'index.node')];
  return places.some((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
}

/** A half-written or foreign binary would keep Cube from starting. */
function loads(binary) {
  return (
    spawnSync(process.execPath, ['-e', `require(${JSON.stringify(binary)})`], {
      stdio: 'ignore',
      timeout: reachTimeout,
    }).status === 0
  );
}

/** Asks the host that the package itself names; behind a proxy only the real attempt can tell. */
function reachable(addOn) {
  if (process.env.HTTPS_PROXY ?? process.env.https_proxy) return true;
  const { resources } = JSON.parse(readFileSync(join(addOn, 'package.json'), 'utf8'));
  const host = resources?.files?.[0]?.host;
  if (!host) return false;
  const probe = `require('node:net').connect(443, ${JSON.stringify(new URL(host).hostname)})
    .on('connect', () => process.exit(0)).on('error', () => process.exit(1))`;
  return spawnSync(process.execPath, ['-e', probe], { stdio: 'ignore', timeout: reachTimeout }).status === 0;
}

function npm(root, args) {
  const result = spawnSync('npm', args, {
    cwd: root,
    stdio: 'ignore',
    timeout: downloadTimeout,
    shell: process.platform === 'win32',
  });
  return result.status === 0;
}
