import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { migrate } from '@fair-underwriting/database/src/migrate.ts';
import pg from 'pg';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';

jest.setTimeout(60_000);

let postgres: TestPostgres;
let client: pg.Client;
beforeAll(async () => {
  postgres = await startPostgres();
  await migrate(postgres.url);
  client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await postgres.stop();
});

async function value(call: string, values: unknown[]): Promise<unknown> {
  const { rows } = await client.query<{ value: unknown }>(`select reporting.${call} as value`, values);
  return rows[0]?.value;
}

// Weeks of remission of children with leukaemia (Freireich et al. 1963); those below 0 were still in remission.
const treated = [6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35];
const placebo = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23];

test.each([
  ['the published median with treatment', treated, 0.5, 23],
  ['its quartile', treated, 0.25, 13],
  ['what the curve does not come to', treated, 0.9, null],
  ['the published median without', placebo, 0.5, 8],
  ['a share that the curve meets exactly', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.9, 9],
  ['an event at the time of a loss', [5, -5], 0.5, 5],
  ['only losses', [-1, -2], 0.5, null],
  ['nothing', [], 0.5, null],
])('Kaplan-Meier: %s', async (_what, weeks, share, expected) => {
  const durations = weeks.map(Math.abs);
  const isEvent = weeks.map((week) => week > 0);
  expect(await value('survival_quantile($1, $2, $3)', [durations, isEvent, share])).toBe(expected);
});
