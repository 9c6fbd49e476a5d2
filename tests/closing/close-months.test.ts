import { closeMonths } from '@fair-underwriting/stack/src/closing/close-months.ts';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { generateDemo } from '@fair-underwriting/database/demo/generate.ts';
import { migrate } from '@fair-underwriting/database/src/migrate.ts';
import pg from 'pg';
import { startCube, type TestCube } from '../support/cube.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';

jest.setTimeout(120_000);

const secret = 'a-secret-of-this-test-a-secret-of-this-test';

describe('closing months', () => {
  let postgres: TestPostgres;
  let cube: TestCube;
  let client: pg.Client;
  const close = () => closeMonths({ cubeUrl: cube.url, secret, databaseUrl: postgres.url });
  const standAt = (instant: string) => client.query(`update reporting.settings set as_of = $1`, [instant]);
  const stored = async () =>
    (
      await client.query<{ month: string; figure: string; value: string }>(
        'select month::text, figure, value::text from month_figures order by 1, 2',
      )
    ).rows;
  const restated = async () => {
    const query = {
      measures: ['restatement.restatement', 'restatement.closed_value', 'restatement.current_value'],
      dimensions: ['restatement.figure'],
      timeDimensions: [{ dimension: 'restatement.month', granularity: 'month' }],
      filters: [{ member: 'restatement.figures_restated', operator: 'gt', values: ['0'] }],
      limit: 20_000 + (Date.now() % 20_000),
    };
    const { body } = await cube.post('load', { query }, cube.token('data_steward'));
    return (body.data as Record<string, unknown>[]).map((row) => [
      String(row['restatement.month.month']).slice(0, 7),
      row['restatement.figure'],
      Number(row['restatement.restatement']),
    ]);
  };

  beforeAll(async () => {
    postgres = await startPostgres();
    await migrate(postgres.url);
    await generateDemo({ databaseUrl: postgres.url, customers: 200, months: 6, seed: 7, end: '2026-03-31' });
    client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    cube = await startCube({ databaseUrl: postgres.url, env: { CUBEJS_API_SECRET: secret } });
  });
  afterAll(async () => {
    await cube.stop();
    await client.end();
    await postgres.stop();
  });

  test('nobody closes half a month: an error leaves nothing', async () => {
    await client.query(`alter table month_figures add constraint trap check (figure <> 'refunds')`);
    await expect(close()).rejects.toThrow('trap');
    await client.query(`alter table month_figures drop constraint trap`);
    expect((await client.query('select from month_closes')).rowCount).toBe(0);
  });

  test('a month is due when it ended 10 days ago, to the microsecond', async () => {
    await standAt('2026-03-10 23:59:59.999999Z');
    expect(await close()).toEqual(['2025-10', '2025-11', '2025-12', '2026-01']);
    await standAt('2026-03-11 00:00Z');
    expect(await close()).toEqual(['2026-02']);
  });

  test('two at once close each month once, and later ones change nothing', async () => {
    await client.query('delete from month_closes');
    await standAt('2026-03-31 23:59:59.999999Z');
    const both = await Promise.all([close(), close()]);
    expect(both.map((months) => months.length).sort()).toEqual([0, 5]);
    const before = await stored();
    expect(before).toHaveLength(5 * 14);
    expect(await close()).toEqual([]);
    expect(await stored()).toEqual(before);
    expect(await restated()).toEqual([]);
  });

  test('the figures are those of the views', async () => {
    const [february] = await cube.load({
      measures: ['mrr_movements.mrr_closing', 'mrr_movements.mrr_churn', 'mrr_movements.churned_subscribers'],
      timeDimensions: [{ dimension: 'mrr_movements.month', dateRange: ['2026-02-01', '2026-02-28'] }],
    });
    const [money] = await cube.load({
      measures: ['net_revenue.net_revenue', 'net_revenue.refunds'],
      timeDimensions: [{ dimension: 'net_revenue.date', dateRange: ['2026-02-01', '2026-02-28'] }],
    });
    const figures = new Map(
      (await stored()).filter(({ month }) => month === '2026-02-01').map((row) => [row.figure, Number(row.value)]),
    );
    expect(figures.get('mrr_closing')).toBeGreaterThan(0);
    expect([...['mrr_closing', 'mrr_churn', 'churned_subscribers'].map((name) => figures.get(name))]).toEqual(
      ['mrr_closing', 'mrr_churn', 'churned_subscribers'].map((name) => Number(february?.[`mrr_movements.${name}`])),
    );
    expect([figures.get('net_revenue'), figures.get('refunds')]).toEqual(
      ['net_revenue', 'refunds'].map((name) => Number(money?.[`net_revenue.${name}`])),
    );
  });

  test('a fact that comes late shows as the difference since', async () => {
    await client.query(
      `insert into customers (id, created_at) values ('00000000-0000-4000-8000-00000000abcd', '2026-01-15 12:00Z')`,
    );
    await client.query(`insert into invoices (id, customer_id, payer_type, issued_at, paid_at, currency) values
      ('00000000-0000-4000-8000-00000000abce', '00000000-0000-4000-8000-00000000abcd', 'self_pay', '2026-01-20', '2026-02-02', 'USD')`);
    await client.query(`insert into invoice_lines (invoice_id, revenue_source, amount) values
      ('00000000-0000-4000-8000-00000000abce', 'b2c_tests', 249.5)`);
    expect((await restated()).sort()).toEqual([
      ['2026-01', 'new_customers', 1],
      ['2026-02', 'net_revenue', 249.5],
    ]);
  });
});
