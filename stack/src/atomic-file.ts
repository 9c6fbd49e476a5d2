import { closeSync, fsyncSync, linkSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { errorCode } from './user-error.ts';

/** Writes a private file (mode 0600) that is either whole or not there, also after a power cut. */
export function writeAtomically(path: string, content: string): void {
  const fresh = writeFresh(path, content);
  try {
    renameSync(fresh, path);
  } finally {
    rmSync(fresh, { force: true });
  }
}

/**
 * The same, but leaves a file that is already there alone.
 * @returns whether the file is now this one
 */
export function createAtomically(path: string, content: string): boolean {
  const fresh = writeFresh(path, content);
  try {
    linkSync(fresh, path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(fresh, { force: true });
  }
}

function writeFresh(path: string, content: string): string {
  const fresh = `${path}.${process.pid}.new`;
  rmSync(fresh, { force: true });
  const file = openSync(fresh, 'wx', 0o600);
  try {
    writeSync(file, content);
    fsyncSync(file);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
  return fresh;
}
