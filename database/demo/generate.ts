import pg from 'pg';
import { copyBatch } from './copy.ts';
import { produceBeside } from './produce-beside.ts';
import { ProgressTeller } from './progress.ts';
import { checkSize, type DemoSize } from './size.ts';
import { suspendConstraints } from './suspend.ts';
import { type Table, tableNames } from './tables.ts';

export interface DemoOptions extends Partial<DemoSize> {
  /** Connection as owner of a migrated database. */
  databaseUrl: string;
  /** Empties the tables first; without it, a database with customers is refused. */
  replace?: boolean;
  /** Progress in words: at once, then every few seconds. */
  log?: (line: string) => void;
}

/** The database holds data and `replace` was not set. */
export class NotEmptyError extends Error {
  override name = 'NotEmptyError';
}

export interface DemoResult {
  rows: number;
  tables: Record<string, number>;
  seconds: number;
}

async function prepare(client: pg.Client, replace: boolean): Promise<void> {
  await client.query(`set local timezone = 'UTC'`);
  await client.query(`set local synchronous_commit = off`);
  // For sorting indexes and checking references.
  await client.query(`set local maintenance_work_mem = '256MB'`);
  // A load whose program was killed ends within a statement too.
  await client.query(`set local client_connection_check_interval = '2s'`);
  await client.query(`lock table ${tableNames.join(', ')} in access exclusive mode`);
  // The holidays that follow number the days of the same calendars.
  await client.query('alter table business_calendars disable trigger business_calendar_inserted');
  if (replace) {
    await client.query(`truncate ${tableNames.join(', ')} restart identity cascade`);
    return;
  }
  // Questions to a database without data are no loss.
  for (const table of tableNames.filter((name) => name !== 'query_audit')) {
    const { rowCount } = await client.query(`select from ${table} limit 1`);
    if (rowCount) {
      throw new NotEmptyError(
        `The table ${table} is not empty and demo data would mix with it: --replace deletes ALL data first.`,
      );
    }
  }
}

async function finish(client: pg.Client, size: DemoSize, activities: number): Promise<void> {
  await client.query('alter table business_calendars enable trigger business_calendar_inserted');
  await client.query(`select setval(pg_get_serial_sequence('user_activity_logs', 'id'), greatest($1, 1), $1 > 0)`, [
    activities,
  ]);
  await client.query(`update reporting.settings set as_of = reporting.day_end($1)`, [size.end]);
}

async function load(client: pg.Client, size: DemoSize, progress: ProgressTeller): Promise<Map<Table, number>> {
  const counts = new Map<Table, number>();
  for await (const batch of produceBeside(size)) {
    await copyBatch(client, batch);
    counts.set(batch.table, (counts.get(batch.table) ?? 0) + batch.rows);
    progress.loaded(batch);
  }
  return counts;
}

/**
 * Fills a migrated database with invented data, in one transaction: all of it or nothing. Pins the reporting as-of to
 * the end of the last day, so that the demo does not go stale.
 * @throws when an option is wrong, the database holds data and `replace` is not set, or a row breaks a constraint
 */
export async function generateDemo(options: DemoOptions): Promise<DemoResult> {
  const started = performance.now();
  const size = checkSize(options);
  const client = new pg.Client({ connectionString: options.databaseUrl });
  // The statement that runs then rejects; without a listener the process would end instead.
  client.on('error', () => undefined);
  await client.connect();
  const progress = new ProgressTeller(size.customers, options.log);
  try {
    await client.query('begin');
    await prepare(client, options.replace ?? false);
    const restore = await suspendConstraints(client);
    // Rows can be written frozen only into tables that were truncated in the same transaction. What refers to an empty
    // table is empty, too, and Postgres wants it emptied along.
    if (!options.replace) await client.query(`truncate ${tableNames.join(', ')} cascade`);
    progress.at('making appointments');
    const counts = await load(client, size, progress);
    await restore((step) => progress.at(step));
    await finish(client, size, counts.get('user_activity_logs') ?? 0);
    await client.query('commit');
    progress.at('updating statistics');
    // All of it: business days and the like are derived from what was written.
    await client.query('analyze');
    const rows = [...counts.values()].reduce((sum, count) => sum + count, 0);
    return { rows, tables: Object.fromEntries(counts), seconds: (performance.now() - started) / 1000 };
  } finally {
    progress.stop();
    await client.end();
  }
}
