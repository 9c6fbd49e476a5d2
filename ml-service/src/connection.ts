import pg from 'pg';

/** Runs work with a connection of its own, which is closed afterwards. */
export async function withConnection<T>(databaseUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'churn' });
  // The statement that runs then rejects; without a listener the process would end instead.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
