import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { checkViews } from './support/check-views.ts';
import { checkInvariants } from './support/check-invariants.ts';
import type { DataSet } from './support/data-sets.ts';
import { openDemo } from './support/data-sets.ts';

jest.setTimeout(180_000);

describe('demo data', () => {
  let set: DataSet;
  beforeAll(async () => {
    set = await openDemo();
  });
  afterAll(() => set.stop());

  checkViews(() => set, [undefined, '2025-08-14', '2025-11-30'], ['2025-02-01', '2025-07-31']);
  checkInvariants(() => set);

  test('show that counselling demand, waits and the load of counselors have grown', async () => {
    const of = async (view: string, time: string, measures: string[], dateRange: [string, string]) => {
      const names = measures.map((name) => `${view}.${name}`);
      const query = { measures: names, timeDimensions: [{ dimension: `${view}.${time}`, dateRange }], timezone: 'UTC' };
      const [row] = await set.cube.load(query, 'operations');
      return names.map((name) => Number(row?.[name]));
    };
    const demand = ['counseling_requests', 'counseling_wait_days_p50', 'satisfaction_avg'];
    const before = await of('counseling', 'date', demand, ['2025-08-01', '2025-09-30']);
    const now = await of('counseling', 'date', demand, ['2026-02-01', '2026-03-31']);
    const [requestsBefore = NaN, waitBefore, ratingBefore = NaN] = before;
    const [requestsNow = NaN, waitNow, ratingNow = NaN] = now;
    expect(requestsNow / requestsBefore).toBeGreaterThan(2.2);
    expect(waitBefore).toBeLessThan(3.5);
    expect(waitNow).toBeGreaterThan(11);
    expect(ratingBefore - ratingNow).toBeGreaterThan(0.5);
    const [loadBefore] = await of('counselor_weeks', 'week', ['counselor_utilization'], ['2025-08-01', '2025-09-30']);
    const [loadNow] = await of('counselor_weeks', 'week', ['counselor_utilization'], ['2026-02-01', '2026-03-31']);
    expect(loadBefore).toBeLessThan(0.7);
    expect(loadNow).toBeGreaterThan(1);
  });
});
