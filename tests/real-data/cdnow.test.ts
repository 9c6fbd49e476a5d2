import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { convertCdnow } from './convert-cdnow.ts';
import { dataSet } from './files.ts';
import { loadIntoCube, type Loaded } from './loaded.ts';

const source = dataSet('cdnow-orders.txt');
jest.setTimeout(120_000);

// The answers were computed from the file independently of this project.
(source ? describe : describe.skip)('orders of CDNOW, imported and asked for through Cube', () => {
  let loaded: Loaded;

  beforeAll(async () => {
    loaded = await loadIntoCube((dir) => convertCdnow(source ?? '', dir), '1998-06-30T23:59:59Z');
  });
  afterAll(() => loaded.stop());

  test('every order and customer is loaded', () => {
    expect(Object.fromEntries(loaded.files.map(({ table, rows }) => [table, rows]))).toEqual({
      customers: 23_570,
      invoices: 69_659,
      invoice_lines: 69_659,
      user_activity_logs: 69_659,
    });
  });

  test('net revenue is what the customers paid, to the cent', async () => {
    const rows = await loaded.cube.load({
      measures: ['net_revenue.net_revenue'],
      timeDimensions: [{ dimension: 'net_revenue.date', dateRange: ['1997-01-01', '1998-06-30'] }],
    });
    expect(rows.map((row) => Number(row['net_revenue.net_revenue']).toFixed(2))).toEqual(['2500315.63']);
  });

  test('cohorts by first payment have their size and those active one and two months on', async () => {
    const rows = await loaded.cube.load({
      dimensions: ['cohorts_by_first_payment.period'],
      measures: ['cohorts_by_first_payment.cohort_size', 'cohorts_by_first_payment.active'],
      timeDimensions: [{ dimension: 'cohorts_by_first_payment.cohort_month', granularity: 'month' }],
      filters: [{ member: 'cohorts_by_first_payment.period', operator: 'lte', values: ['2'] }],
      order: [
        ['cohorts_by_first_payment.cohort_month', 'asc'],
        ['cohorts_by_first_payment.period', 'asc'],
      ],
    });
    const cells = rows.map((row) => [
      String(row['cohorts_by_first_payment.cohort_month.month']).slice(0, 7),
      Number(row['cohorts_by_first_payment.period']),
      Number(row['cohorts_by_first_payment.cohort_size']),
      Number(row['cohorts_by_first_payment.active']),
    ]);
    expect(cells).toEqual([
      ['1997-01', 0, 7846, 7846],
      ['1997-01', 1, 7846, 1157],
      ['1997-01', 2, 7846, 964],
      ['1997-02', 0, 8476, 8476],
      ['1997-02', 1, 8476, 1312],
      ['1997-02', 2, 8476, 980],
      ['1997-03', 0, 7248, 7248],
      ['1997-03', 1, 7248, 1032],
      ['1997-03', 2, 7248, 752],
    ]);
  });
});
