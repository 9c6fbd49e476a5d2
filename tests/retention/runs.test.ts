import { makeRetention } from '@fair-underwriting/ml-service/src/retention/make-retention.ts';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { openDatabase, type ChurnDatabase } from '../churn/database.ts';

jest.setTimeout(120_000);

let db: ChurnDatabase;
beforeAll(async () => {
  db = await openDatabase({ customers: 600, months: 12, seed: 3, end: '2026-03-31' });
});
afterAll(() => db.stop());

const stored = (day: string) =>
  db.rows<{ customers: number; retention_low: number | null; retention_high: number | null; ratio: number }>(
    `select *, (mrr / first_mrr)::float8 as ratio from revenue_retention_cells where day = $1
     order by split, cohort, cohort_month nulls first, period`,
    [day],
  );

describe('runs', () => {
  test('of one day replace each other and store the same; those of other days stay', async () => {
    const past = await makeRetention(db.client, { day: '2026-01-15', at: '2026-01-15T23:59:59.999999Z' });
    const report = await makeRetention(db.client);
    expect(report).toMatchObject({ day: '2026-03-31' });
    const first = await stored(report.day);
    expect(first).toHaveLength(report.cells);
    await makeRetention(db.client);
    expect(await stored(report.day)).toEqual(first);
    expect(await stored('2026-01-15')).toHaveLength(past.cells);
    expect(past.cells).toBeLessThan(report.cells);
    expect(past.subscribers).toBeLessThan(report.subscribers);
  });

  test('give an interval around the ratio to every cell of 30 customers and more, and to no other', async () => {
    const cells = await stored('2026-03-31');
    const wide = cells.filter(({ customers }) => customers >= 30);
    expect(wide.length).toBeGreaterThan(40);
    for (const { retention_low, retention_high, ratio } of wide) {
      expect(retention_low).toBeLessThanOrEqual(ratio);
      expect(retention_high).toBeGreaterThanOrEqual(ratio);
    }
    expect(cells.filter((cell) => cell.customers < 30 && cell.retention_low !== null)).toEqual([]);
  });

  test('that fail leave what was stored before', async () => {
    const before = await stored('2026-03-31');
    await db.client.query(
      `alter table revenue_retention_cells add constraint refused check (split <> 'channel') not valid`,
    );
    await expect(makeRetention(db.client)).rejects.toThrow(/refused/);
    await db.client.query('alter table revenue_retention_cells drop constraint refused');
    expect(await stored('2026-03-31')).toEqual(before);
  });
});

test('without subscribers there is a run, and nothing in it', async () => {
  const empty = await openDatabase();
  try {
    await empty.rows(`update reporting.settings set as_of = '2026-03-31 23:59:59.999+00'`);
    expect(await makeRetention(empty.client)).toMatchObject({ subscribers: 0, cells: 0 });
  } finally {
    await empty.stop();
  }
});
