import { type DemoOptions, generateDemo } from '@fair-underwriting/database/demo/generate.ts';
import { migrate } from '@fair-underwriting/database/src/migrate.ts';
import pg from 'pg';
import { startPostgres } from '../support/postgres.ts';

export interface DemoDatabase {
  url: string;
  /** @returns the rows of a query, numbers as numbers */
  query(sql: string): Promise<Record<string, unknown>[]>;
  /** @returns the first column of the only row, as a number */
  number(sql: string): Promise<number>;
  fill(options: Omit<DemoOptions, 'databaseUrl'>): ReturnType<typeof generateDemo>;
  stop(): Promise<void>;
}

/** A migrated database of its own, still empty. */
export async function openDemoDatabase(): Promise<DemoDatabase> {
  const server = await startPostgres();
  await migrate(server.url);
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  await client.query(`set timezone = 'UTC'`);
  const query = async (sql: string) => (await client.query<Record<string, unknown>>(sql)).rows;
  return {
    url: server.url,
    query,
    number: async (sql) => Number(Object.values((await query(sql))[0] ?? {})[0]),
    fill: (options) => generateDemo({ ...options, databaseUrl: server.url }),
    stop: async () => {
      await client.end();
      await server.stop();
    },
  };
}
