import {
  chmodSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { runCommand } from '../run-command.ts';
import { UserError } from '../user-error.ts';
import type { Account } from './account.ts';
import type { RunAs } from './run-as.ts';

/** The owner of everything in the embedded database. */
export const OWNER = 'fair_underwriting';
const VERSION = '18';

export interface ClusterOptions {
  dir: string;
  initdb: string;
  account: Account | undefined;
  runAs: RunAs;
  password: string;
  /** Ends the making early. */
  signal: AbortSignal;
}

/**
 * Makes the database cluster if there is none. It appears under its name only when complete, so a killed start leaves
 * nothing half done.
 * @returns whether it was made now
 * @throws UserError when it cannot be made or is of another version
 */
export async function ensureCluster(options: ClusterOptions): Promise<boolean> {
  const { dir } = options;
  const parent = dirname(dir);
  const prefix = `${basename(dir)}.new-`;
  for (const entry of readdirSync(parent)) {
    if (entry.startsWith(prefix)) rmSync(join(parent, entry), { recursive: true, force: true });
  }
  if (existsSync(dir)) {
    const version = readVersion(dir);
    if (version === VERSION) return false;
    throw new UserError(
      version === undefined
        ? `${dir} is not a Postgres database: move it away, or set FUA_DATA_DIR to another folder.`
        : `${dir} was made by Postgres ${version}, this is ${VERSION}: move it away, or set FUA_DATA_DIR to another folder.`,
    );
  }
  const fresh = mkdtempSync(join(parent, prefix));
  try {
    await initialise(fresh, options);
    renameSync(fresh, dir);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  return true;
}

async function initialise(fresh: string, { initdb, account, runAs, password, signal }: ClusterOptions): Promise<void> {
  // Not inside the cluster's folder: initdb wants that empty.
  const secretDir = mkdtempSync(join(dirname(fresh), `${basename(fresh)}-`));
  const passwordFile = join(secretDir, 'password');
  try {
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
    chmodSync(fresh, 0o700);
    if (account) for (const path of [fresh, secretDir, passwordFile]) chownSync(path, account.uid, account.gid);
    const args = [`--pgdata=${fresh}`, `--username=${OWNER}`, `--pwfile=${passwordFile}`];
    args.push('--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-instructions');
    // Sorts and compares the same on every machine.
    args.push('--locale-provider=builtin', '--builtin-locale=C.UTF-8');
    const { command, args: given, user } = runAs(initdb, args);
    const env = { ...process.env, LC_ALL: 'C' };
    const { ok, output } = await runCommand(command, given, { cwd: dirname(fresh), env, limit: 120_000, signal, user });
    if (!ok) throw new UserError(initdbProblem(output));
  } finally {
    rmSync(secretDir, { recursive: true, force: true });
  }
}

function initdbProblem(output: string): string {
  const lines = output.trim().split('\n');
  if (/no space left on device/i.test(output)) {
    return 'The disk is full: the database could not be made. Free some space, or set FUA_DATA_DIR to a folder on another disk.';
  }
  return `The database could not be made (initdb failed):\n${lines.slice(-8).join('\n')}`;
}

function readVersion(dir: string): string | undefined {
  try {
    return readFileSync(join(dir, 'PG_VERSION'), 'utf8').trim();
  } catch {
    return undefined;
  }
}
