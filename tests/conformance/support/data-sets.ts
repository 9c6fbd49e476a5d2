import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateDemo } from '@fair-underwriting/database/demo/generate.ts';
import { migrate } from '@fair-underwriting/database/src/migrate.ts';
import { attribute } from '@fair-underwriting/ml-service/src/attribution/attribute.ts';
import { withConnection } from '@fair-underwriting/ml-service/src/connection.ts';
import { makePayerValue } from '@fair-underwriting/ml-service/src/payer-value/make-payer-value.ts';
import { makeRetention } from '@fair-underwriting/ml-service/src/retention/make-retention.ts';
import pg from 'pg';
import { startCube } from '../../support/cube.ts';
import { startPostgres } from '../../support/postgres.ts';
import type { Setting } from './compare.ts';
import { loadRaw } from './load-raw.ts';

/** A database with rows, a Cube on it, and the rows as the oracles read them. */
export interface DataSet extends Setting {
  databaseUrl: string;
  stop(): Promise<void>;
}

/**
 * Fills a fresh database and starts Cube on it. Cube takes the planner from the environment: where its native add-on is
 * installed, CUBEJS_TESSERACT_SQL_PLANNER=true runs the same suite under the other planner.
 */
async function open(fill: (databaseUrl: string) => Promise<void>): Promise<DataSet> {
  const postgres = await startPostgres();
  try {
    await migrate(postgres.url);
    await fill(postgres.url);
    const data = await loadRaw(postgres.url);
    const cube = await startCube({ databaseUrl: postgres.url });
    const stop = async () => {
      await cube.stop();
      await postgres.stop();
    };
    return { cube, data, databaseUrl: postgres.url, stop };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

/** Runs SQL in one transaction. */
export async function runSql(databaseUrl: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

export async function runFixture(databaseUrl: string, name: string): Promise<void> {
  await runSql(databaseUrl, await readFile(join(import.meta.dirname, '..', 'fixtures', `${name}.sql`), 'utf8'));
}

/** The fixtures, each on those before it. */
const byHand = [
  'revenue',
  'labs',
  'lab-quality',
  'marketing',
  'engagement',
  'churn',
  'alerts',
  'forecasts',
  'health',
  'finance',
  'strategy',
  'usage',
  'month-closes',
  'counseling',
  'support',
  'last-actions',
  'payer-value',
];

/** The rows made by hand, in a reporting zone. */
export function openFixture(timeZone: 'UTC' | 'America/New_York'): Promise<DataSet> {
  return open(async (databaseUrl) => {
    for (const name of byHand) await runFixture(databaseUrl, name);
    await runSql(databaseUrl, `update reporting.settings set time_zone = '${timeZone}'`);
    await withConnection(databaseUrl, (client) => attribute(client));
    await withConnection(databaseUrl, async (client) => {
      await makeRetention(client, { day: '2024-02-29', at: '2024-02-29T23:59:59.999999Z' });
      await makeRetention(client);
    });
  });
}

export function openDemo(): Promise<DataSet> {
  return open(async (databaseUrl) => {
    await generateDemo({ databaseUrl, customers: 800, months: 18, seed: 7, end: '2026-03-31' });
    await runFixture(databaseUrl, 'churn-demo');
    await runFixture(databaseUrl, 'forecasts');
    await runFixture(databaseUrl, 'payer-value');
    await withConnection(databaseUrl, makePayerValue);
    await withConnection(databaseUrl, async (client) => {
      await makeRetention(client, { day: '2025-08-01', at: '2025-08-01T23:59:59.999999Z' });
      await makeRetention(client);
    });
    await withConnection(databaseUrl, (client) => attribute(client));
  });
}

/** No rows but the given ones. */
export function openEmpty(sql: string): Promise<DataSet> {
  return open((databaseUrl) => runSql(databaseUrl, sql));
}
