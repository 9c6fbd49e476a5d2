import type { PostgresDriver } from '@cubejs-backend/postgres-driver';
import { required } from './environment.ts';
import { DriverWithBuilder } from './rollups/driver.ts';

/** Seconds that the making of one rollup may take. */
export const longestBuild = 1_200;

/** The connection of the role that Cube reads with. */
export function readerUrl(env: NodeJS.ProcessEnv): string {
  return required(env, 'CUBE_DATABASE_URL', 'the Postgres connection of the role that Cube reads with');
}

/** How Cube connects to Postgres: as a reader that owns nothing but its rollups. */
export function databaseDriver(env: NodeJS.ProcessEnv): PostgresDriver {
  const shared = {
    connectionString: readerUrl(env),
    // More connections than queries run at once: who waits for one waits for a database that is away.
    acquireTimeoutMillis: 5_000,
  };
  // Postgres notices within seconds that the caller is gone, and stops the statement. Compiling a statement of a few
  // hundred milliseconds costs more than it saves; sorts of the larger views fit into memory.
  const options = '-c client_connection_check_interval=2000 -c jit=off -c work_mem=32MB';
  return new DriverWithBuilder(
    { ...shared, max: 8, application_name: 'cube', options },
    {
      ...shared,
      max: 1,
      application_name: 'cube rollups',
      // Callers come first: a rollup is made on one core.
      options: `${options} -c max_parallel_workers_per_gather=0`,
      executionTimeout: longestBuild,
    },
  );
}
