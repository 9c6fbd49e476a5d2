import { generateDemo } from '@fair-underwriting/database/demo/generate.ts';
import { migrate } from '@fair-underwriting/database/src/migrate.ts';
import pg from 'pg';
import { startPostgres } from '../../support/postgres.ts';

export interface ScaledDatabase {
  url: string;
  customers: number;
  activities: number;
  touchpoints: number;
}

/** What a server of the size wants: room for the hot tables, and no log of what one transaction loads. */
const settings = {
  shared_buffers: '4GB',
  effective_cache_size: '12GB',
  max_wal_size: '16GB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  random_page_cost: '1.1',
};
const months = 36;

/**
 * Databases of growing size, one after the other: those that BENCH_DATABASE_URL names (several between spaces), else demo
 * data over 36 months for each number in BENCH_CUSTOMERS, on servers that are removed again.
 */
export async function* scaledDatabases(env: NodeJS.ProcessEnv = process.env): AsyncGenerator<ScaledDatabase> {
  const given = words(env['BENCH_DATABASE_URL']);
  for (const url of given) yield await described(url);
  if (given.length > 0) return;
  for (const customers of words(env['BENCH_CUSTOMERS'] ?? '10000 100000 1000000').map(Number)) {
    const postgres = await startPostgres(settings);
    try {
      await migrate(postgres.url);
      const { rows, seconds } = await generateDemo({ databaseUrl: postgres.url, customers, months });
      console.log(
        `Demo data, ${count(customers)} customers: ${count(rows)} rows in ${seconds.toFixed(0)} s, ` +
          `${count(rows / seconds)} rows/s`,
      );
      yield await described(postgres.url);
    } finally {
      await postgres.stop();
    }
  }
}

async function described(url: string): Promise<ScaledDatabase> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    // What the stack's start does for the reader's role; here the owner itself reads.
    await client.query('create schema if not exists rollups');
    const { rows } = await client.query<Record<'customers' | 'activities' | 'touchpoints', number>>(`
      select (select count(*)::int from customers) as customers,
        (select count(*)::int from user_activity_logs) as activities,
        (select count(*)::int from marketing_touchpoints) as touchpoints`);
    const [row] = rows;
    if (row === undefined) throw new Error('The database does not count its customers.');
    return { url, ...row };
  } finally {
    await client.end();
  }
}

function words(text = ''): string[] {
  return text.split(/[\s,]+/).filter(Boolean);
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en');
}
