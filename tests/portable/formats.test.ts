import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { startShop, type Shop } from './shop.ts';

// Generous, because test files share the machine.
jest.setTimeout(60_000);

let shop: Shop;
beforeAll(async () => {
  shop = await startShop();
}, 90_000);
afterAll(() => shop.stop(), 30_000);

const days = { dimension: 'sales.ordered_at', granularity: 'day', dateRange: ['2024-01-01', '2024-01-03'] };

/** Rows of any answer, whatever its format. */
async function rowsOf(query: object): Promise<Record<string, unknown>[]> {
  const { status, body } = await shop.cube.post('load', { query }, shop.cube.token('executive'));
  expect(status).toBe(200);
  const data = body.data as { members: string[]; columns?: unknown[][]; dataset?: unknown[][] };
  const dataset = data.dataset ?? (data.columns?.[0] ?? []).map((_, row) => data.columns?.map((column) => column[row]));
  return dataset.map((values) => Object.fromEntries(data.members.map((member, i) => [member, values?.[i]])));
}

describe('answers in portable mode', () => {
  const query = {
    measures: ['sales.count', 'sales.revenue'],
    dimensions: ['sales.status'],
    timeDimensions: [days],
    order: { 'sales.ordered_at': 'asc', 'sales.status': 'asc' },
  };

  test('agree with SQL', async () => {
    const rows = await shop.cube.load(query);
    const expected = await shop.sql(`
      select to_char(date_trunc('day', ordered_at at time zone 'UTC'), 'YYYY-MM-DD"T"HH24:MI:SS.MS') as day,
        status, count(*)::text, sum(amount)::text as revenue
      from orders where ordered_at < '2024-01-04' group by 1, 2 order by 1, 2`);
    expect(rows).toHaveLength(6);
    expect(rows).toEqual(
      expected.map((row) => ({
        'sales.ordered_at.day': row['day'],
        'sales.ordered_at': row['day'],
        'sales.status': row['status'],
        'sales.count': row['count'],
        'sales.revenue': row['revenue'],
      })),
    );
  });

  test('say the same in all three formats', async () => {
    const rows = await shop.cube.load(query);
    expect(await rowsOf({ ...query, responseFormat: 'compact' })).toEqual(rows);
    expect(await rowsOf({ ...query, responseFormat: 'columnar' })).toEqual(rows);
  });

  test('of nothing are empty in all three formats', async () => {
    const nothing = { ...query, filters: [{ member: 'sales.status', operator: 'equals', values: ['nowhere'] }] };
    expect(await shop.cube.load(nothing)).toEqual([]);
    expect(await rowsOf({ ...nothing, responseFormat: 'compact' })).toEqual([]);
    expect(await rowsOf({ ...nothing, responseFormat: 'columnar' })).toEqual([]);
  });

  test('keep nulls', async () => {
    const rows = await shop.cube.load({ dimensions: ['sales.is_gift'], order: { 'sales.is_gift': 'asc' } });
    expect(rows).toEqual([{ 'sales.is_gift': false }, { 'sales.is_gift': true }, { 'sales.is_gift': null }]);
  });

  test('count the rows beyond the limit when asked for a total', async () => {
    const asked = { measures: ['sales.count'], timeDimensions: [days], limit: 1, total: true };
    const { body } = await shop.cube.post('load', { query: asked }, shop.cube.token('executive'));
    expect(body.data).toHaveLength(1);
    expect(body.total).toBe(3);
  });

  test('keep every digit of large and exact numbers', async () => {
    const members = ['id', 'huge', 'exact', 'approximate', 'label'].map((name) => `limits.${name}`);
    const rows = await shop.cube.load({
      dimensions: members,
      measures: ['limits.sum_huge', 'limits.sum_exact'],
      order: { 'limits.id': 'asc' },
    });
    expect(rows).toEqual([
      {
        'limits.id': 1,
        'limits.huge': '9223372036854775807',
        'limits.exact': '12345678901234567890.123456789',
        'limits.approximate': 0.1,
        'limits.label': null,
        'limits.sum_huge': '9223372036854775807',
        'limits.sum_exact': '12345678901234567890.123456789',
      },
      {
        'limits.id': 2,
        'limits.huge': '-9223372036854775808',
        'limits.exact': '-0.000000000000000001',
        'limits.approximate': null,
        'limits.label': '',
        'limits.sum_huge': '-9223372036854775808',
        'limits.sum_exact': '-0.000000000000000001',
      },
    ]);
  });

  test('know custom granularities and several of one dimension', async () => {
    const range = ['2024-01-01', '2024-01-01'];
    const rows = await shop.cube.load({
      measures: ['sales.count'],
      timeDimensions: [
        { dimension: 'sales.ordered_at', granularity: 'half_day', dateRange: range },
        { dimension: 'sales.ordered_at', granularity: 'day', dateRange: range },
      ],
      order: [['sales.ordered_at.half_day', 'asc']],
    });
    expect(
      rows.map((row) => [row['sales.ordered_at.half_day'], row['sales.ordered_at.day'], row['sales.count']]),
    ).toEqual([
      ['2024-01-01T00:00:00.000', '2024-01-01T00:00:00.000', '12'],
      ['2024-01-01T12:00:00.000', '2024-01-01T00:00:00.000', '12'],
    ]);
  });

  test('follow the time zone asked, across a change of summer time', async () => {
    const ask = (timezone: string) =>
      shop.cube.load({
        measures: ['sales.count'],
        timeDimensions: [{ ...days, dateRange: ['2024-01-01', '2024-01-01'] }],
        timezone,
      });
    expect(await ask('UTC')).toMatchObject([{ 'sales.count': '24' }]);
    expect(await ask('America/New_York')).toMatchObject([{ 'sales.count': '24' }]);
    // Ten days from midnight UTC begin on the last day of December in New York.
    const first = await shop.cube.load({
      measures: ['sales.count'],
      timeDimensions: [{ dimension: 'sales.ordered_at', granularity: 'day' }],
      timezone: 'America/New_York',
      order: { 'sales.ordered_at': 'asc' },
      limit: 1,
    });
    expect(first).toMatchObject([{ 'sales.ordered_at.day': '2023-12-31T00:00:00.000', 'sales.count': '5' }]);
  });
});

describe('several queries at once', () => {
  const ask = (query: object) => shop.cube.post('load', { query, queryType: 'multi' }, shop.cube.token('executive'));
  const results = (body: { results?: unknown[] }) => body.results as { data: Record<string, unknown>[] }[];

  test('compare two periods', async () => {
    const ranges = [
      ['2024-01-01', '2024-01-02'],
      ['2024-01-03', '2024-01-03'],
    ];
    const { status, body } = await ask({
      measures: ['sales.revenue'],
      timeDimensions: [{ dimension: 'sales.ordered_at', compareDateRange: ranges }],
    });
    expect(status).toBe(200);
    expect(body['queryType']).toBe('compareDateRangeQuery');
    expect(results(body).map(({ data }) => data)).toEqual([
      [
        {
          'sales.revenue': (await shop.sql(`select sum(amount)::text s from orders where id <= 48`))[0]?.['s'],
          compareDateRange: '2024-01-01T00:00:00.000 - 2024-01-02T23:59:59.999',
        },
      ],
      [
        {
          'sales.revenue': (await shop.sql(`select sum(amount)::text s from orders where id between 49 and 72`))[0]?.[
            's'
          ],
          compareDateRange: '2024-01-03T00:00:00.000 - 2024-01-03T23:59:59.999',
        },
      ],
    ]);
    expect(body['pivotQuery']).toMatchObject({ dimensions: ['compareDateRange'] });
  });

  test('blend on one time column', async () => {
    const open = [{ member: 'sales.status', operator: 'equals', values: ['open'] }];
    const { status, body } = await ask([
      { measures: ['sales.count'], timeDimensions: [days] },
      { measures: ['sales.revenue'], timeDimensions: [days], filters: open },
    ]);
    expect(status).toBe(200);
    expect(body['queryType']).toBe('blendingQuery');
    const [all, some] = results(body);
    expect(all?.data[0]).toMatchObject({ 'time.day': '2024-01-01T00:00:00.000', 'sales.count': '24' });
    expect(some?.data[0]).toMatchObject({ 'time.day': '2024-01-01T00:00:00.000', 'sales.revenue': '84.0000000000' });
    expect(body['pivotQuery']).toMatchObject({
      measures: ['sales.count', 'sales.revenue'],
      timeDimensions: [{ dimension: 'time', granularity: 'day' }],
    });
  });
});
