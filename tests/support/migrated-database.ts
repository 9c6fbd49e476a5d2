import { afterAll, beforeAll } from '@jest/globals';
import { migrate } from '@fair-underwriting/database/src/migrate.ts';
import pg from 'pg';
import { startPostgres, type TestPostgres } from './postgres.ts';

export interface MigratedDatabase {
  readonly url: string;
  /** A connected client. */
  readonly client: pg.Client;
}

/** An empty, migrated Postgres for the tests of a file or block: there before the first of them, gone after the last. */
export function migratedDatabase(): MigratedDatabase {
  let postgres: TestPostgres;
  let client: pg.Client;
  beforeAll(async () => {
    postgres = await startPostgres();
    await migrate(postgres.url);
    client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await postgres.stop();
  });
  return {
    get url() {
      return postgres.url;
    },
    get client() {
      return client;
    },
  };
}
