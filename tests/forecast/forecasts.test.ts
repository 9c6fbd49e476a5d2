import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { makeForecasts } from '@fair-underwriting/ml-service/src/forecast/make-forecasts.ts';
import {
  readMonthEndMrr,
  readWeeklyRequests,
  readWeeklyTests,
} from '@fair-underwriting/ml-service/src/forecast/series.ts';
import { readCounselingState } from '@fair-underwriting/ml-service/src/forecast/staffing-facts.ts';
import { openDatabase, uuid, type ChurnDatabase } from '../churn/database.ts';
import { startCube } from '../support/cube.ts';

jest.setTimeout(180_000);

const now = '2026-03-31T23:59:59.999999Z';
const stored = (db: ChurnDatabase) =>
  db.rows('select f.*, f.day::text, f.period::text from forecasts f order by f.day, series, step');

describe('on the demo', () => {
  let db: ChurnDatabase;
  beforeAll(async () => {
    db = await openDatabase({ customers: 700, months: 26, seed: 5, end: '2026-03-31' });
  });
  afterAll(() => db.stop());

  test('month-end MRR is that of Cube, to the cent', async () => {
    await db.rows('create schema rollups');
    const cube = await startCube({ databaseUrl: db.url });
    try {
      const rows = await cube.load({
        measures: ['mrr_movements.mrr_closing'],
        timeDimensions: [{ dimension: 'mrr_movements.month', granularity: 'month' }],
        filters: [{ member: 'mrr_movements.is_partial', operator: 'equals', values: ['false'] }],
      });
      const { periods, values } = await readMonthEndMrr(db.client, now);
      expect(periods.length).toBeGreaterThanOrEqual(24);
      expect(periods.map((period, i) => [period, values[i]?.toFixed(2)])).toEqual(
        rows.map((row) => [
          String(row['mrr_movements.month.month']).slice(0, 10),
          Number(row['mrr_movements.mrr_closing']).toFixed(2),
        ]),
      );
    } finally {
      await cube.stop();
    }
  });

  test('weeks are whole, from Monday, and hold what was counted', async () => {
    for (const [read, table, at] of [
      [readWeeklyRequests, 'genetic_counseling_sessions', 'requested_at'],
      [readWeeklyTests, 'test_orders', 'ordered_at'],
    ] as const) {
      const { periods, values } = await read(db.client, now);
      expect(periods.at(-1)).toBe('2026-03-23');
      expect(new Date(periods[0] ?? '').getUTCDay()).toBe(1);
      const [counted] = await db.rows(
        `select count(*)::int as n from ${table} where ${at} >= $1 and ${at} < '2026-03-30'`,
        [periods[0]],
      );
      expect(values.reduce((sum, value) => sum + value, 0)).toBe(counted?.['n']);
    }
  });

  test('the waiting list holds requests that are neither held, cancelled nor missed', async () => {
    const [expected] = await db.rows(
      `select count(*) filter (where started_at is null and cancelled_at is null and not no_show)::int as waiting
       from genetic_counseling_sessions`,
    );
    const state = await readCounselingState(db.client, now);
    expect(state.waitlist).toBe(expected?.['waiting']);
    expect(state.present).toBeGreaterThan(0);
    expect((await readCounselingState(db.client, '2020-01-01T00:00:00Z')).sessionsPerWeek).toBeNull();
  });

  test('all series are forecast and stored with the staff that they need, the same every time', async () => {
    const report = await makeForecasts(db.client);
    expect(report.day).toBe('2026-03-31');
    const first = await stored(db);
    const steps = (series: string) => first.filter((row) => row['series'] === series).map((row) => row['period']);
    expect(steps('mrr')).toEqual(['2026-04-01', '2026-05-01', '2026-06-01']);
    expect(steps('counseling_requests')).toHaveLength(13);
    expect(steps('tests_ordered')[0]).toBe('2026-03-30');
    const [staffing] = await db.rows('select * from staffing_forecasts');
    expect(staffing).toMatchObject({
      counselors_needed: report.staffing?.needed.toFixed(1),
      counselors_to_hire: report.staffing?.toHire,
      waitlist: report.staffing?.waitlist,
    });
    expect(report.staffing?.toHire).toBe(
      Math.max(0, Math.ceil((report.staffing?.needed ?? 0) - (report.staffing?.present ?? 0))),
    );
    expect(await makeForecasts(db.client)).toEqual(report);
    expect(await stored(db)).toEqual(first);
  });

  test('another day is kept beside it; where it fails, nothing changes', async () => {
    const before = await stored(db);
    await db.rows(`alter table staffing_forecasts add constraint never check (false) not valid`);
    await expect(makeForecasts(db.client)).rejects.toThrow('never');
    expect(await stored(db)).toEqual(before);
    await db.rows('alter table staffing_forecasts drop constraint never');
    await db.rows(`update reporting.settings set as_of = '2026-02-28T23:59:59.999999Z'`);
    const { series } = await makeForecasts(db.client);
    expect(series[0]?.history).toBe((await readMonthEndMrr(db.client, '2026-02-28T23:59:59.999999Z')).values.length);
    expect((await stored(db)).filter((row) => row['day'] === '2026-03-31')).toEqual(before);
    expect(new Set((await stored(db)).map((row) => row['day']))).toEqual(new Set(['2026-02-28', '2026-03-31']));
  });
});

describe('with little history', () => {
  let db: ChurnDatabase;
  beforeAll(async () => {
    db = await openDatabase();
    await db.rows(`update reporting.settings set as_of = $1`, [now]);
  });
  afterAll(() => db.stop());

  test('an empty database has no forecasts', async () => {
    const { series, staffing } = await makeForecasts(db.client);
    expect(series.map(({ name, history, forecast }) => [name, history, forecast])).toEqual([
      ['mrr', 0, null],
      ['counseling_requests', 0, null],
      ['tests_ordered', 0, null],
    ]);
    expect(staffing).toBeNull();
    expect(await stored(db)).toEqual([]);
  });

  test('weeks without a request count as none', async () => {
    await db.rows(`insert into customers (id, created_at) values ($1, '2026-01-01')`, [uuid(1)]);
    await db.rows(
      `insert into genetic_counseling_sessions (customer_id, requested_at)
       select $1, at from unnest(array['2026-02-18', '2026-03-05', '2026-03-06', '2026-03-30']::timestamptz[]) at`,
      [uuid(1)],
    );
    expect(await readWeeklyRequests(db.client, now)).toEqual({
      periods: ['2026-02-23', '2026-03-02', '2026-03-09', '2026-03-16', '2026-03-23'],
      values: [0, 2, 0, 0, 0],
    });
  });
});
