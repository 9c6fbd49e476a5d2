import pg from 'pg';

const TABLES = ['customers', 'subscriptions', 'invoices', 'test_orders', 'marketing_touchpoints', 'user_activity_logs'];

/** Lines on size, as-of and rows of the database. */
export async function describeDatabase(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000, statement_timeout: 20_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows: facts } = await client.query<{ version: string; size: string; as_of: string; fixed: boolean }>(
      `select current_setting('server_version') as version, pg_size_pretty(pg_database_size(current_database())) as size,
         to_char(reporting.as_of() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as as_of,
         (select as_of is not null from reporting.settings) as fixed`,
    );
    const { rows: present } = await client.query<{ name: string }>(
      "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relname = any($1)",
      [TABLES],
    );
    const counts: string[] = [];
    for (const name of TABLES.filter((table) => present.some((row) => row.name === table))) {
      const { rows } = await client.query<{ count: string }>(`select count(*) from public.${name}`);
      counts.push(`  ${name.padEnd(22)} ${Number(rows[0]?.count).toLocaleString('en-US').padStart(12)} rows`);
    }
    const [fact] = facts;
    const asOf = `${fact?.as_of ?? ''} (${fact?.fixed ? 'fixed in reporting.settings' : 'now'})`;
    return [`  Database  ${fact?.version ?? ''}, ${fact?.size ?? ''}, as of ${asOf}`, ...counts];
  } finally {
    await client.end();
  }
}
