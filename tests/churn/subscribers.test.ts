import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { readFeatures, type FeatureRow } from '@fair-underwriting/ml-service/src/features/read.ts';
import { openDatabase, uuid, type ChurnDatabase } from './database.ts';
import { onDay, snapshot, writeLives } from './lives.ts';

jest.setTimeout(120_000);

describe('subscriptions as features', () => {
  let db: ChurnDatabase;
  let found: Map<string, FeatureRow>;
  beforeAll(async () => {
    db = await openDatabase();
    await db.rows(`insert into exchange_rates (currency, day, rate) values ('EUR', '2025-06-25', 1.125)`);
    await writeLives(db, [
      /* 1 */ [{ starts: -200, prices: { [-200]: 20, [-100]: 25, 5: 99 } }],
      /* 2 */ [{ starts: -200, prices: { [-200]: 20, [-181]: 10 } }],
      /* 3 */ [{ starts: -100 }],
      /* 4 */ [{ starts: -10, trial: 14 }],
      /* 5 */ [{ starts: -100, notice: -1, ends: 20 }],
      /* 6 */ [{ starts: -100, notice: 1, ends: 20 }],
      /* 7 */ [{ starts: -50, notice: -1, ends: 20, plan: 'plus', prices: { [-50]: 90 } }, { starts: -30 }],
      /* 8 */ [{ starts: -50 }, { starts: -30, plan: 'plus', prices: { [-30]: 30 } }],
      /* 9 */ [{ starts: -20, interval: 'week', count: 2, prices: { [-20]: 6 } }],
      /* 10 */ [{ starts: -400, interval: 'year', prices: { [-400]: 240 } }],
      /* 11 */ [{ starts: -3, interval: 'day', prices: { [-3]: 1 } }],
      /* 12 */ [{ starts: -40, currency: 'EUR', discountPercent: 50 }],
      /* 13 */ [{ starts: -100, discountPercent: 100 }],
      /* 14 */ [{ starts: -100, ends: 0 }],
      // The 31st of January.
      /* 15 */ [{ starts: -150 }],
    ]);
    found = new Map((await readFeatures(db.client, snapshot)).map((row) => [row.customerId, row]));
  });
  afterAll(() => db.stop());

  const valueOf = (n: number, name: string) => found.get(uuid(n))?.values[name];
  const renewalsOf = (n: number) => found.get(uuid(n))?.renewals.map((end) => end.toISOString().slice(0, 10));

  test('trials, free ones, those that ended and those under notice have none', () => {
    expect([...found.keys()].sort()).toEqual([1, 2, 3, 6, 7, 8, 9, 10, 11, 12, 15].map(uuid));
  });

  test('the price is compared with that of 180 days ago', () => {
    expect(valueOf(1, 'price_change_180d')).toBeCloseTo(0.25, 12);
    expect(valueOf(2, 'price_change_180d')).toBe(0);
    expect(valueOf(3, 'price_change_180d')).toBeNull();
  });

  test('of several, the one worth most without notice stands for the customer, and all count as MRR', () => {
    expect([valueOf(7, 'plan'), valueOf(8, 'plan')]).toEqual(['basic', 'plus']);
    expect([valueOf(7, 'monthly_amount'), valueOf(8, 'monthly_amount')]).toEqual([110, 50]);
    expect(valueOf(7, 'tenure_days')).toBeCloseTo(50.5, 4);
  });

  test('MRR is monthly, after discounts, in the reporting currency', () => {
    const mrr = (n: number) => found.get(uuid(n))?.mrr;
    // 6 each two weeks; 240 a year; 1 a day; half of 20 euros at 1.125.
    expect([mrr(9), mrr(10), mrr(11), mrr(12)]).toEqual(['13.00', '20.00', '30.42', '11.25']);
  });

  test('paid periods end by the calendar', () => {
    const start = (n: number, days: number) =>
      onDay(n + days)
        .toISOString()
        .slice(0, 10);
    expect(renewalsOf(9)).toEqual([14, 28, 42, 56, 70, 84, 98].slice(1).map((days) => start(-20, days)));
    expect(renewalsOf(10)).toEqual([]);
    expect(renewalsOf(11)).toHaveLength(90);
    expect(renewalsOf(15)).toEqual(['2025-07-31', '2025-08-31']);
    expect(valueOf(15, 'days_to_renewal')).toBeCloseTo(30.5, 4);
    // From the 26th of May 2024 at noon, yearly: the next one is that of 2026.
    expect(valueOf(10, 'days_to_renewal')).toBeCloseTo(329.5, 4);
  });
});

test('a currency without a rate is named', async () => {
  const db = await openDatabase();
  try {
    await writeLives(db, [[{ starts: -10, currency: 'JPY' }]]);
    await expect(readFeatures(db.client, snapshot)).rejects.toThrow('no exchange rate for JPY on 2025-06-30');
  } finally {
    await db.stop();
  }
});
