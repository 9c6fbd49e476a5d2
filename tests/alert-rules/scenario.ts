import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateDemo } from '@fair-underwriting/database/demo/generate.ts';
import { migrate } from '@fair-underwriting/database/src/migrate.ts';
import { attribute } from '@fair-underwriting/ml-service/src/attribution/attribute.ts';
import { withConnection } from '@fair-underwriting/ml-service/src/connection.ts';
import { makePayerValue } from '@fair-underwriting/ml-service/src/payer-value/make-payer-value.ts';
import { makeRetention } from '@fair-underwriting/ml-service/src/retention/make-retention.ts';
import { runFixture, runSql } from '../conformance/support/data-sets.ts';
import { startCube, type TestCube } from '../support/cube.ts';
import { freePort, startPostgres } from '../support/postgres.ts';

/** The instant that the scenario stands at, in milliseconds since 1970: the last of the demo's last day. */
export const scenarioNow = Date.UTC(2026, 2, 31, 23, 59, 59, 999);

export type State = 'calm' | 'trouble';

/** A database in which the rules fire, or do not, and a Cube on it. */
export interface Scenario {
  databaseUrl: string;
  /** Cube's address, the same in every state. */
  cubeUrl: string;
  /** Brings a state about. @returns a Cube that remembers nothing of the state before */
  enter(state: State): Promise<TestCube>;
  stop(): Promise<void>;
}

export async function openScenario(env: Record<string, string> = {}): Promise<Scenario> {
  const postgres = await startPostgres();
  const { url: databaseUrl } = postgres;
  let cube: TestCube | undefined;
  const stop = async () => {
    await cube?.stop();
    await postgres.stop();
  };
  try {
    await migrate(databaseUrl);
    await generateDemo({ databaseUrl, customers: 800, months: 24, seed: 7, end: '2026-03-31' });
    for (const name of ['churn-demo', 'forecasts']) await runFixture(databaseUrl, name);
    await withConnection(databaseUrl, (client) => attribute(client));
    await withConnection(databaseUrl, makePayerValue);
    await withConnection(databaseUrl, (client) => makeRetention(client));
    await run(databaseUrl, 'base');
    const port = await freePort();
    return {
      databaseUrl,
      cubeUrl: `http://127.0.0.1:${port}`,
      async enter(state) {
        await run(databaseUrl, 'calm');
        if (state === 'trouble') await run(databaseUrl, 'trouble');
        await cube?.stop();
        cube = await startCube({ databaseUrl, port, env });
        return cube;
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function run(databaseUrl: string, name: string): Promise<void> {
  await runSql(databaseUrl, await readFile(join(import.meta.dirname, `${name}.sql`), 'utf8'));
}

/**
 * What each rule says in trouble: the one thing that it names, its figure and its target; without figures where these
 * come from the demo's customers, whose story may change.
 */
export const inTrouble: Record<string, { labels: Record<string, string>; value?: number; target?: number }> = {
  'fua-lab-sla-breach': { labels: { lab_name: 'Breaching Lab' }, value: 0, target: 0.95 },
  'fua-lab-turnaround-degrading': { labels: { lab_name: 'Sliding Lab' }, value: 6, target: 3 },
  'fua-counselor-utilization': {
    labels: { counselor_id: '00000000-0000-0000-0000-00000000000b' },
    // 9.5 of 10 hours.
    value: 0.95,
    target: 0.9,
  },
  'fua-counseling-wait': { labels: {}, value: 9, target: 5 },
  'fua-component-down': { labels: { component: 'web' }, value: 0, target: 0.5 },
  'fua-api-error-rate': { labels: { component: 'api' }, value: 0.011, target: 0.01 },
  // Half of the tenth that lies between 1,000 and 2,500 ms.
  'fua-latency-p95': { labels: { component: 'results' }, value: 1_750, target: 1_000 },
  // Ordered at noon, four and a half days before.
  'fua-stale-data': { labels: { table_name: 'test_orders' }, value: 108, target: 72 },
  'fua-reconciliation': { labels: { check_name: 'invoice_lines' }, value: 1, target: 0 },
  'fua-late-job': { labels: { job: 'churn_scoring' }, value: 24, target: 12 },
  'fua-failed-scoring': { labels: { job: 'churn_scoring' }, value: 1, target: 0 },
  // Half a row more in each bin: (750.5 - 500.5) / 1001 x ln(750.5 / 500.5) + (250.5 - 500.5) / 1001 x ln(250.5 / 500.5).
  'fua-model-drift': { labels: { feature: 'open_tickets' }, value: 0.27405, target: 0.2 },
  'fua-churn-rate': { labels: {} },
  'fua-mrr-at-risk': { labels: {} },
  'fua-ltv-cac': { labels: {}, target: 3 },
  'fua-payer-concentration': { labels: { payer: 'Aetna' }, value: 1, target: 0.3 },
  'fua-cash-runway': { labels: {}, value: 0, target: 6 },
  'fua-channel-losing-money': { labels: { channel: 'facebook' }, target: 0 },
};
