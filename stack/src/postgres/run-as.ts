import { spawnSync } from 'node:child_process';
import { UserError } from '../user-error.ts';
import type { Account } from './account.ts';

/** How to run a program as the account of Postgres. */
export interface Invocation {
  command: string;
  args: string[];
  user: Account | undefined;
}

export type RunAs = (command: string, args: string[]) => Invocation;

/**
 * Lets the program pass folders that only root may enter, and nothing else that root may do. The secure bit makes the
 * system's permission checks agree with what then can be opened; Postgres checks its own files that way.
 */
const PASS_FOLDERS = [
  '--securebits=+no_setuid_fixup',
  '--inh-caps=+dac_read_search',
  '--ambient-caps=+dac_read_search',
];

/**
 * Finds a way to run programs as the account, also where the repository lies in a folder that only root may enter.
 * @param program one that must be reached
 * @throws UserError when there is no way
 */
export function runAsAccount(account: Account | undefined, program: string): RunAs {
  const direct: RunAs = (command, args) => ({ command, args, user: account });
  if (account === undefined || works(direct(program, ['--version']))) return direct;
  const through: RunAs = (command, args) => ({
    command: 'setpriv',
    args: [`--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups', ...PASS_FOLDERS, command, ...args],
    user: undefined,
  });
  if (works(through(program, ['--version']))) return through;
  throw new UserError(
    `Postgres runs as user id ${account.uid}, which cannot reach ${program}. ` +
      'Put the repository into a folder that every user may enter, run as a normal user, or set DATABASE_URL.',
  );
}

function works({ command, args, user }: Invocation): boolean {
  return spawnSync(command, args, { stdio: 'ignore', cwd: '/', ...user }).status === 0;
}
