import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { checkViews } from './support/check-views.ts';
import type { DataSet } from './support/data-sets.ts';
import { openFixture } from './support/data-sets.ts';

jest.setTimeout(180_000);

describe('reporting zone America/New_York', () => {
  let set: DataSet;
  beforeAll(async () => {
    set = await openFixture('America/New_York');
  });
  afterAll(() => set.stop());

  // The days that daylight saving time starts and ends.
  checkViews(
    () => set,
    [undefined, '2024-03-10', '2023-11-05'],
    ['2023-11-05', '2024-03-10'],
    [
      'revenue',
      'mrr_movements',
      'net_revenue',
      'signups',
      'cohorts_paying',
      'lab_tests',
      'lab_penalties',
      'lab_sla',
      'system_health',
      'counseling',
      'counseling_queue',
      'counselor_weeks',
      'support',
      'support_queue',
      'cash',
      'cash_flows',
      'margins',
      'revenue_recognition',
      'test_economics',
      'unit_economics',
      'surveys',
      'partners',
      'payer_revenue',
    ],
  );

  test('an event belongs to the day of the reporting zone', async () => {
    const { cube } = set;
    const dateRange = ['2024-02-29', '2024-02-29'];
    const [row] = await cube.load(
      {
        measures: ['signups.new_customers'],
        timeDimensions: [{ dimension: 'signups.date', dateRange }],
        timezone: 'America/New_York',
      },
      'data_steward',
    );
    // Signed up at 23:59:59.999999 and 00:00 UTC and at 23:59:59.999999 in New York; the one at midnight there is not.
    expect(row).toEqual({ 'signups.new_customers': '3' });
  });
});
