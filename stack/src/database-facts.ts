import pg from 'pg';
import { errorCode } from './user-error.ts';

const TABLES = ['customers', 'subscriptions', 'invoices', 'test_orders', 'marketing_touchpoints', 'user_activity_logs'];

/** Why rows are not counted, by the code of the error. */
const UNCOUNTED: Record<string, string> = {
  '55P03':
    'not counted: the tables are locked, as while demo data are made, which all appear at once when they are done',
  '57014': 'not counted: that took too long',
};

/** Lines on size, as-of and rows of the database. Rejects only where it does not answer. */
export async function describeDatabase(url: string): Promise<string[]> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 20_000,
    lock_timeout: 2_000,
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return [await factsOf(client), ...(await countsOf(client))];
  } finally {
    await client.end();
  }
}

async function factsOf(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ version: string; size: string; migrated: boolean }>(
    `select current_setting('server_version') as version, pg_size_pretty(pg_database_size(current_database())) as size,
       to_regclass('reporting.settings') is not null as migrated`,
  );
  const [fact] = rows;
  const line = `  Database  ${fact?.version ?? ''}, ${fact?.size ?? ''}`;
  return fact?.migrated ? `${line}, as of ${await asOf(client)}` : `${line}, without its tables so far`;
}

async function asOf(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ as_of: string; fixed: boolean }>(
    `select to_char(reporting.as_of() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as as_of,
       (select as_of is not null from reporting.settings) as fixed`,
  );
  const [fact] = rows;
  return `${fact?.as_of ?? ''} (${fact?.fixed ? 'fixed in reporting.settings' : 'now'})`;
}

async function countsOf(client: pg.Client): Promise<string[]> {
  const { rows: present } = await client.query<{ name: string }>(
    "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relname = any($1)",
    [TABLES],
  );
  const counts: string[] = [];
  for (const name of TABLES.filter((table) => present.some((row) => row.name === table))) {
    try {
      const { rows } = await client.query<{ count: string }>(`select count(*) from public.${name}`);
      counts.push(`  ${name.padEnd(22)} ${Number(rows[0]?.count).toLocaleString('en-US').padStart(12)} rows`);
    } catch (error) {
      const reason = UNCOUNTED[errorCode(error) ?? ''];
      if (reason === undefined) throw error;
      return [...counts, `  Rows      ${reason}`];
    }
  }
  return counts;
}
