import { required } from './environment.ts';

/** How Cube connects to Postgres: as a reader that owns nothing but its rollups. */
export function databaseConnection(env: NodeJS.ProcessEnv) {
  const url = required(env, 'CUBE_DATABASE_URL', 'the Postgres connection of the role that Cube reads with');
  return {
    connectionString: url,
    max: 8,
    // More connections than queries run at once: who waits for one waits for a database that is away.
    acquireTimeoutMillis: 5_000,
    application_name: 'cube',
    // Postgres notices within seconds that the caller is gone, and stops the statement. Compiling a statement of a few
    // hundred milliseconds costs more than it saves; sorts of the larger views fit into memory.
    options: '-c client_connection_check_interval=2000 -c jit=off -c work_mem=32MB',
  };
}
