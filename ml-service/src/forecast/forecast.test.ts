import { describe, expect, test } from '@jest/globals';
import { Random } from '../random.ts';
import { asKnownAt, backtest, mase } from './backtest.ts';
import { lastValue } from './candidates.ts';
import { forecastSeries } from './forecast.ts';
import { halfWidth, latestErrors, rootMeanSquare } from './intervals.ts';
import { monthsAhead, periodsAhead } from './periods.ts';

const monthly = { horizon: 3, period: 12 };

describe('a backtest', () => {
  const origins = backtest(lastValue, [1, 3, 2, 6, 6], { horizon: 2, shortest: 2 });

  test('forecasts from each origin with what was known then', () => {
    expect(origins).toEqual([
      { known: 2, errors: [-1, 3], scale: 2 },
      { known: 3, errors: [4, 4], scale: 1.5 },
      { known: 4, errors: [0], scale: 7 / 3 },
    ]);
  });

  test('is scored in units of the mean change', () => {
    // Mean absolute error 12 / 5; mean scale (2 + 3/2 + 7/3) / 3.
    expect(mase(origins)).toBeCloseTo(2.4 / (35 / 18), 12);
    expect(mase(backtest(lastValue, [4, 4, 4, 4], { horizon: 1, shortest: 2 }))).toBeNull();
  });

  test('can be looked at as it was', () => {
    expect(asKnownAt(origins, 3)).toEqual([{ known: 2, errors: [-1], scale: 2 }]);
    expect(asKnownAt(origins, 4).map(({ errors }) => errors)).toEqual([[-1, 3], [4]]);
    expect(latestErrors(origins, 2)).toEqual([3, 4]);
  });
});

test('half the width of an interval is t times the root mean square error', () => {
  expect(rootMeanSquare([3, -4, 0, 5])).toBe(Math.sqrt(12.5));
  expect(halfWidth(2, 30, 1, 0.95)).toBeCloseTo(2 * 2.0423, 3);
  // Two steps ahead: 30 / (1 + 1/2) = 20 degrees of freedom.
  expect(halfWidth(2, 30, 2, 0.95)).toBeCloseTo(2 * 2.086, 3);
});

describe('a series', () => {
  test.each([0, 1, 5, 17])('of %d values is too short', (length) => {
    expect(forecastSeries(Array<number>(length).fill(3), monthly)).toBeNull();
  });

  test('that never changes goes on for certain', () => {
    const forecast = forecastSeries(Array<number>(24).fill(5), monthly);
    const interval = { low: 5, high: 5, coverage: { share: 1, n: 6 } };
    expect(forecast?.steps).toEqual(Array(3).fill({ value: 5, interval80: interval, interval95: interval }));
    expect(forecast?.method).toBe('last value');
    expect(forecast?.mase).toBeNull();
  });

  test('along a line is forecast by a line', () => {
    const forecast = forecastSeries(
      Array.from({ length: 24 }, (_, i) => 10 + 2 * i),
      monthly,
    );
    expect(['drift', 'least squares']).toContain(forecast?.method);
    forecast?.steps.forEach(({ value }, i) => expect(value).toBeCloseTo(58 + 2 * i, 9));
  });

  test('with a season of two periods and more is forecast by it', () => {
    const random = Random.stream(3);
    const values = Array.from(
      { length: 60 },
      (_, i) => 100 + i + 30 * Math.sin((2 * Math.PI * i) / 12) + random.normal(),
    );
    const forecast = forecastSeries(values, monthly);
    expect(forecast?.method).toBe('seasonal damped trend');
    expect(forecast?.mase).toBeLessThan(0.3);
    forecast?.steps.forEach(({ value }, i) =>
      expect(Math.abs(value - (160 + i + 30 * Math.sin((2 * Math.PI * i) / 12)))).toBeLessThan(5),
    );
  });

  test('with gaps of zeros has no forecast or lower end below 0', () => {
    const values = Array.from({ length: 40 }, (_, i) => (i < 30 && i % 3 === 0 ? 12 - i / 3 : 0));
    const forecast = forecastSeries(values, { horizon: 6, period: 12 });
    for (const { value, interval80, interval95 } of forecast?.steps ?? []) {
      expect(value).toBeGreaterThanOrEqual(0);
      expect(interval95.low).toBeGreaterThanOrEqual(0);
      expect(interval95.low).toBeLessThanOrEqual(interval80.low);
      expect(interval80.high).toBeLessThanOrEqual(interval95.high);
    }
    expect(forecast?.steps.length).toBe(6);
  });

  test('gives the same forecast every time', () => {
    const values = Array.from({ length: 50 }, (_, i) => (i * 7919) % 101);
    expect(forecastSeries(values, monthly)).toEqual(forecastSeries(values, monthly));
  });
});

describe('intervals hold as often as they say, within 5 points', () => {
  const series = 160;
  const length = 48;
  const processes: [string, (random: Random) => () => number][] = [
    ['independent noise', (random) => () => 500 + 10 * random.normal()],
    [
      'a random walk',
      (random) => {
        let value = 1000;
        return () => (value += 10 * random.normal());
      },
    ],
    [
      'a walk that returns',
      (random) => {
        let away = 0;
        return () => 1000 + (away = 0.6 * away + 10 * random.normal());
      },
    ],
  ];

  test.each(processes)('on %s', (_, process) => {
    const held = { 80: 0, 95: 0 };
    for (let i = 0; i < series; i++) {
      const draw = process(Random.stream(42, i));
      const values = Array.from({ length: length + 3 }, draw);
      const actual = values[length + 2] ?? NaN;
      const last = forecastSeries(values.slice(0, length), { horizon: 3, period: length })?.steps[2];
      if (last === undefined) throw new Error('There is no forecast.');
      if (actual >= last.interval80.low && actual <= last.interval80.high) held[80]++;
      if (actual >= last.interval95.low && actual <= last.interval95.high) held[95]++;
    }
    expect(Math.abs(held[80] / series - 0.8)).toBeLessThanOrEqual(0.05);
    expect(Math.abs(held[95] / series - 0.95)).toBeLessThanOrEqual(0.05);
  });
});

test.each([
  ['2026-10-31', '2026-10-01', 3],
  // 90 days on is the 22nd of February: its end is nearer than January's.
  ['2026-11-24', '2026-10-01', 4],
  // The 8th of February.
  ['2026-11-10', '2026-10-01', 3],
])('90 days after %s are %s + %d months', (day, last, months) => {
  expect(monthsAhead(day, last)).toBe(months);
});

test('periods follow each other over the end of a year', () => {
  expect(periodsAhead('2025-11-01', 'month', 3)).toEqual(['2025-12-01', '2026-01-01', '2026-02-01']);
  expect(periodsAhead('2025-12-22', 'week', 2)).toEqual(['2025-12-29', '2026-01-05']);
});
