// A lock file that names its holder, so that the lock of a killed process is seen to be nobody's.
// Plain JavaScript on Node's own modules only: the install needs it before any package is there.
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { isRunning, startMark } from './process-identity.mjs';

/**
 * Takes the lock for this process.
 * @param {string} path
 * @returns {{ pid: number, mark: string } | undefined} the running process that holds it; undefined when it is now ours
 */
export function takeLock(path) {
  const mine = `${path}.${process.pid}`;
  writeFileSync(mine, JSON.stringify({ pid: process.pid, mark: startMark(process.pid) }), { mode: 0o644 });
  try {
    for (let attempt = 0; attempt < 10; attempt++) {
      try {
        // A link appears whole or not at all, and never over an existing file.
        linkSync(mine, path);
        return undefined;
      } catch (error) {
        if (error.code !== 'EEXIST') throw error;
      }
      const holder = lockHolder(path);
      if (holder) return holder;
      removeStale(path);
    }
    throw new Error(`${path} could not be taken: remove it if no other command is running.`);
  } finally {
    rmSync(mine, { force: true });
  }
}

/**
 * @param {string} path
 * @returns {{ pid: number, mark: string } | undefined} the running process that holds the lock
 */
export function lockHolder(path) {
  const recorded = readLock(path);
  return isRunning(recorded) ? recorded : undefined;
}

/**
 * Gives the lock back if this process holds it.
 * @param {string} path
 */
export function releaseLock(path) {
  if (readLock(path)?.pid === process.pid) rmSync(path, { force: true });
}

function readLock(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Moves the file away first: of two processes that find it stale, only one may remove it, and never a fresh one. */
function removeStale(path) {
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw error;
  }
  try {
    if (lockHolder(aside)) linkSync(aside, path);
  } finally {
    rmSync(aside, { force: true });
  }
}
