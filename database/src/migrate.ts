import { join } from 'node:path';
import { runner } from 'node-pg-migrate';

const MIGRATIONS = join(import.meta.dirname, '..', 'migrations');

/**
 * Brings a database to the newest schema. Each migration runs once, all of them in one transaction.
 * @throws when the database cannot be reached or a migration fails; nothing is half done then.
 */
export async function migrate(databaseUrl: string, log: (line: string) => void = () => undefined): Promise<void> {
  await runner({
    databaseUrl,
    dir: MIGRATIONS,
    direction: 'up',
    migrationsTable: 'migrations',
    migrationsSchema: 'reporting_meta',
    createMigrationsSchema: true,
    singleTransaction: true,
    log,
  });
}
