import { generateDemo, type DemoOptions } from '@fair-underwriting/database/demo/generate.ts';
import { migrate } from '@fair-underwriting/database/src/migrate.ts';
import pg from 'pg';
import { startPostgres } from '../support/postgres.ts';

/** A migrated database with a connection of its owner. */
export interface ChurnDatabase {
  url: string;
  client: pg.Client;
  rows<T extends object = Record<string, unknown>>(sql: string, values?: unknown[]): Promise<T[]>;
  stop(): Promise<void>;
}

/** An empty database, or one with demo data. */
export async function openDatabase(demo?: Omit<DemoOptions, 'databaseUrl'>): Promise<ChurnDatabase> {
  const server = await startPostgres();
  await migrate(server.url);
  if (demo) await generateDemo({ ...demo, databaseUrl: server.url });
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  return {
    url: server.url,
    client,
    rows: async <T extends object>(sql: string, values: unknown[] = []) => (await client.query<T>(sql, values)).rows,
    stop: async () => {
      await client.end();
      await server.stop();
    },
  };
}

/** A UUID that ends in a number. */
export const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
