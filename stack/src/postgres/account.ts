import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { UserError } from '../user-error.ts';

export interface Account {
  uid: number;
  gid: number;
}

const NAME = 'postgres';

/**
 * The account that Postgres runs as. It refuses to run as root: there it runs as the owner of the cluster, or as user
 * `postgres`, which is made where it is missing.
 * @returns undefined for the user who runs this
 * @throws UserError when a cluster belongs to someone else, or no account can be made
 */
export function postgresAccount(clusterDir: string): Account | undefined {
  const owner = statSync(clusterDir, { throwIfNoEntry: false });
  const me = userInfo();
  if (me.uid !== 0) {
    if (owner && me.uid !== -1 && owner.uid !== me.uid) {
      throw new UserError(
        `${clusterDir} belongs to another user (id ${owner.uid}): run as that user or as root, or set FUA_DATA_DIR to a folder of yours.`,
      );
    }
    return undefined;
  }
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return lookUp() ?? create();
}

function lookUp(): Account | undefined {
  const [uid, gid] = ['-u', '-g'].map((flag) => {
    const result = spawnSync('id', [flag, NAME], { encoding: 'utf8' });
    return result.status === 0 ? Number(result.stdout) : undefined;
  });
  return uid === undefined || gid === undefined ? undefined : { uid, gid };
}

function create(): Account {
  const commands: [string, string[]][] = [
    ['useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', NAME]],
    ['adduser', ['-S', '-D', '-H', NAME]],
  ];
  for (const [command, args] of commands) {
    if (spawnSync(command, args, { stdio: 'ignore' }).status === 0) {
      const account = lookUp();
      if (account) return account;
    }
  }
  throw new UserError(
    `Postgres does not run as root, and a user named ${NAME} could not be made: make one, run as a normal user, or set DATABASE_URL.`,
  );
}
