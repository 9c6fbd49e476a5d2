import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { readerUrl } from './database.ts';
import { SettingError } from './environment.ts';

const patience = 30_000;
/** What Postgres answers where there is no `reporting.time_zone()`: a schema or a function that does not exist. */
const absent = new Set(['3F000', '42883']);

/**
 * The zone that the database reports in. Months and days of the models are cut there, so a query in any other zone would
 * put figures under the wrong month. Waits for a database that is still starting.
 * @returns undefined where the database has no reporting settings
 * @throws SettingError when the database cannot be asked within 30 s
 */
export async function readReportingZone(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const connectionString = readerUrl(env);
  const deadline = Date.now() + patience;
  for (;;) {
    const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 });
    // A connection that breaks outside of a query would otherwise end the process.
    client.on('error', () => undefined);
    try {
      await client.connect();
      const { rows } = await client.query<{ time_zone: string }>('select reporting.time_zone()');
      return rows[0]?.time_zone;
    } catch (error) {
      const { code } = error as { code?: string };
      if (code !== undefined && absent.has(code)) return undefined;
      if (Date.now() > deadline) {
        throw new SettingError(`The database of CUBE_DATABASE_URL cannot be asked: ${(error as Error).message}`);
      }
      await sleep(500);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}
