import pg from 'pg';

/** A database without a row in any of these holds no one's data. */
const TABLES = ['customers', 'test_orders', 'marketing_touchpoints', 'marketing_spend', 'lab_partners', 'payers'];

/** Whether a migrated database holds no business data yet. */
export async function isEmpty(databaseUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: databaseUrl });
  // A connection that breaks between two statements would otherwise end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const some = TABLES.map((table) => `exists (select from public.${table})`).join(' or ');
    const { rows } = await client.query<{ filled: boolean }>(`select ${some} as filled`);
    return rows[0]?.filled === false;
  } finally {
    await client.end();
  }
}
