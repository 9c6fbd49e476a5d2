import { join } from 'node:path';
import pg from 'pg';
import { startChild, type Child } from '../child.ts';
import { HOST } from '../config.ts';
import { waitUntilUp } from '../health.ts';
import { UserError } from '../user-error.ts';
import { OWNER } from './cluster.ts';
import type { RunAs } from './run-as.ts';

/** Name of the embedded database. */
export const DATABASE = 'fair_underwriting';

export interface ServerOptions {
  clusterDir: string;
  postgres: string;
  runAs: RunAs;
  port: number;
  logsDir: string;
}

const SETTINGS = {
  listen_addresses: HOST,
  unix_socket_directories: '',
  shared_buffers: '256MB',
  work_mem: '32MB',
  maintenance_work_mem: '256MB',
  max_wal_size: '2GB',
  random_page_cost: '1.1',
  jit: 'off',
  log_timezone: 'UTC',
  timezone: 'UTC',
  lc_messages: 'C',
};

/** Starts the server; it may not answer yet. */
export function startServer({ clusterDir, postgres, runAs, port, logsDir }: ServerOptions): Promise<Child> {
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const invocation = runAs(postgres, ['-D', clusterDir, '-p', String(port), ...settings]);
  return startChild({
    name: 'Postgres',
    ...invocation,
    env: { ...process.env, LC_ALL: 'C' },
    cwd: clusterDir,
    logFile: join(logsDir, 'postgres.log'),
    // Fast shutdown: open connections are closed, nothing is lost.
    stopSignal: 'SIGINT',
  });
}

/**
 * Waits for the server, recovery after a crash included, and makes the database if it is missing.
 * @returns the server's version
 * @throws UserError when it does not come up or the password is not this cluster's
 */
export async function waitForServer(server: Child, port: number, password: string): Promise<string> {
  let refused: unknown;
  await waitUntilUp(
    server,
    async () => {
      const client = new pg.Client({ connectionString: embeddedUrl(port, password, 'postgres') });
      client.on('error', () => undefined);
      try {
        await client.connect();
        return true;
      } catch (error) {
        // A wrong password stays wrong.
        refused = error instanceof pg.DatabaseError && error.code === '28P01' ? error : undefined;
        return refused !== undefined;
      } finally {
        await client.end().catch(() => undefined);
      }
    },
    120_000,
  );
  if (refused !== undefined) {
    throw new UserError(
      'The embedded database was made with other secrets than those of secrets.json: restore that file, or run npm run reset.',
    );
  }
  return createDatabase(port, password);
}

/** Connection of the owner of the embedded database. */
export function embeddedUrl(port: number, password: string, database = DATABASE): string {
  return `postgres://${OWNER}:${encodeURIComponent(password)}@${HOST}:${port}/${database}`;
}

async function createDatabase(port: number, password: string): Promise<string> {
  const client = new pg.Client({ connectionString: embeddedUrl(port, password, 'postgres') });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(DATABASE)}`);
    const { rows } = await client.query<{ server_version: string }>('show server_version');
    return rows[0]?.server_version ?? '';
  } finally {
    await client.end();
  }
}
