import { chmodSync, existsSync, mkdirSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { userInfo } from 'node:os';
import { errorCode, explain, UserError } from './user-error.ts';

/** Bytes below which a database and its write-ahead log would soon stop with an error. */
const LEAST_FREE = 512 * 1024 * 1024;

/** Bytes below which hardly anything can be written: Postgres extends its files by as much. */
const EXHAUSTED = 20 * 1024 * 1024;

/**
 * Makes the state folder and sees that it can be written.
 * @throws UserError for a folder that cannot be written or a disk that is nearly full
 */
export function prepareStateFolder(dir: string): void {
  const probe = join(dir, `.probe-${process.pid}`);
  try {
    makeFolder(dir);
    // As root, the account of Postgres passes through to its own folder; the rest is private file by file.
    chmodSync(dir, userInfo().uid === 0 ? 0o711 : 0o700);
    writeFileSync(probe, 'x');
    rmSync(probe);
  } catch (error) {
    throw new UserError(writeProblem(dir, errorCode(error)));
  }
  const free = freeBytes(dir);
  if (free < LEAST_FREE) {
    throw new UserError(
      `The disk is full: ${dir} has ${Math.floor(free / 1024 / 1024)} MB left, ${LEAST_FREE / 1024 / 1024} MB are needed. ` +
        'Free some space, or set FUA_DATA_DIR to a folder on another disk.',
    );
  }
}

/** With its parents. In some places, such as /proc, Node's own recursive way tries for ever. */
function makeFolder(dir: string): void {
  if (existsSync(dir)) {
    if (!statSync(dir).isDirectory()) throw Object.assign(new Error(`${dir} is not a folder`), { code: 'ENOTDIR' });
    return;
  }
  makeFolder(dirname(dir));
  mkdirSync(dir);
}

/**
 * Words for an error of a start. A database on a full disk, or one that was killed, makes all kinds of errors: the cause
 * is said instead.
 * @param ended words for a part that ended although nobody stopped it
 */
export function explainFailure(error: unknown, dir: string, ended?: string): string {
  return freeBytes(dir) < EXHAUSTED ? writeProblem(dir, 'ENOSPC') : (ended ?? explain(error));
}

function freeBytes(dir: string): number {
  const { bavail, bsize } = statfsSync(dir);
  return bavail * bsize;
}

function writeProblem(dir: string, code: string | undefined): string {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return `The disk is full: ${dir} cannot be written. Free some space, or set FUA_DATA_DIR to a folder on another disk.`;
    case 'ENOTDIR':
    case 'EEXIST':
      return `${dir} is not a folder: move it away, or set FUA_DATA_DIR to another folder.`;
    default:
      return `${dir} cannot be written (${code ?? 'unknown error'}): run as its owner, or set FUA_DATA_DIR to a folder of yours.`;
  }
}
