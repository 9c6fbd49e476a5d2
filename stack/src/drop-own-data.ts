import pg from 'pg';

/** Drops every schema that the migrations and Cube filled, and leaves an empty schema public. */
export async function dropOwnData(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('begin');
    for (const schema of ['rollups', 'reporting_meta', 'reporting', 'public']) {
      await client.query(`drop schema if exists ${schema} cascade`);
    }
    await client.query('create schema public');
    await client.query('grant usage on schema public to public');
    await client.query('commit');
  } finally {
    await client.end();
  }
}
