import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { startShop, withRollups, type Shop } from './shop.ts';

// Generous, because test files share the machine.
jest.setTimeout(60_000);

let shop: Shop;
beforeAll(async () => {
  shop = await startShop(withRollups);
}, 90_000);
afterAll(() => shop.stop(), 30_000);

async function ask(query: object, role = 'executive') {
  const { status, body } = await shop.cube.post('load', { query }, shop.cube.token(role));
  expect(status).toBe(200);
  return { rows: body.data as Record<string, unknown>[], rollups: Object.keys(body.usedPreAggregations ?? {}) };
}

const between = (from: string, to: string) => ({
  measures: ['sales.revenue'],
  timeDimensions: [{ dimension: 'sales.ordered_at', dateRange: [from, to] }],
});
const revenue = async (condition: string) =>
  Number((await shop.sql(`select sum(amount) s from orders where ${condition}`))[0]?.['s']);

test('tables answer where rollups are switched off, and none is built', async () => {
  const raw = await startShop({ ...withRollups, CUBE_ROLLUPS: 'off' });
  try {
    const { body } = await raw.cube.post(
      'load',
      { query: { measures: ['sales.revenue'] } },
      raw.cube.token('executive'),
    );
    const [sum] = await raw.sql('select sum(amount)::text as s from orders');
    expect(body.data).toEqual([{ 'sales.revenue': sum?.['s'] }]);
    expect(body.usedPreAggregations).toBeUndefined();
    expect(await raw.sql("select from pg_tables where schemaname = 'rollups'")).toEqual([]);
  } finally {
    await raw.stop();
  }
});

describe('a rollup by day', () => {
  test('serves whole days, and lies in its own schema', async () => {
    const { rows, rollups } = await ask(between('2024-01-02', '2024-01-03'));
    expect(rollups).toEqual(['rollups.orders_by_day']);
    expect(Number(rows[0]?.['sales.revenue'])).toBe(
      await revenue(`ordered_at >= '2024-01-02' and ordered_at < '2024-01-04'`),
    );
    const tables = await shop.sql(`select schemaname from pg_tables where tablename like 'orders_by_day%'`);
    expect(tables).toEqual([{ schemaname: 'rollups' }]);
  });

  test('does not serve a range of hours as whole days', async () => {
    const { rows, rollups } = await ask(between('2024-01-02T06:00:00', '2024-01-03T17:59:59'));
    expect(rollups).toEqual([]);
    expect(Number(rows[0]?.['sales.revenue'])).toBe(
      await revenue(`ordered_at >= '2024-01-02 06:00' and ordered_at < '2024-01-03 18:00'`),
    );
  });

  test('does not serve members that it lacks', async () => {
    const { rollups } = await ask({ measures: ['sales.count'], dimensions: ['sales.status'] });
    expect(rollups).toEqual([]);
  });

  test('keeps row rules', async () => {
    const { rows, rollups } = await ask({ measures: ['sales.count'], dimensions: ['sales.country'] }, 'payer');
    expect(rollups).toEqual(['rollups.orders_by_day']);
    expect(rows).toEqual([{ 'sales.country': 'DE', 'sales.count': '160' }]);
  });

  test('counts nothing as 0, as raw tables do', async () => {
    const counted = async (member: string) => {
      const filters = [{ member, operator: 'equals', values: ['nowhere'] }];
      return (await ask({ measures: ['sales.count'], filters })).rows;
    };
    expect(await counted('sales.country')).toEqual([{ 'sales.count': '0' }]);
    expect(await counted('sales.status')).toEqual([{ 'sales.count': '0' }]);
  });

  test('obeys limit, offset and order', async () => {
    const byDay = {
      measures: ['sales.count'],
      timeDimensions: [{ dimension: 'sales.ordered_at', granularity: 'day' }],
      order: { 'sales.ordered_at': 'desc' },
    };
    const all = await ask(byDay);
    expect(all.rollups).toEqual(['rollups.orders_by_day']);
    expect(all.rows).toHaveLength(10);
    expect((await ask({ ...byDay, limit: 3, offset: 2 })).rows).toEqual(all.rows.slice(2, 5));
  });
});
