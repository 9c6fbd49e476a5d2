import { describe, expect, test } from '@jest/globals';
import { Random } from '../random.ts';
import { asKnownAt, backtest, mase } from './backtest.ts';
import { lastValue } from './candidates.ts';
import { forecastSeries } from './forecast.ts';
import { coverageOf, halfWidth, marginsOverTime } from './intervals.ts';
import { monthsAhead, periodsAhead } from './periods.ts';

const monthly = { horizon: 3, period: 12 };

describe('a backtest', () => {
  const origins = backtest(lastValue, [1, 3, 2, 6, 6], { horizon: 2, shortest: 2 });

  test('forecasts from each origin with what was known then', () => {
    expect(origins).toEqual([
      { known: 2, forecast: [3, 3], errors: [-1, 3], scale: 2 },
      { known: 3, forecast: [2, 2], errors: [4, 4], scale: 1.5 },
      { known: 4, forecast: [6, 6], errors: [0], scale: 7 / 3 },
    ]);
  });

  test('is scored in units of the mean change', () => {
    // Mean absolute error 12 / 5; mean scale (2 + 3/2 + 7/3) / 3.
    expect(mase(origins)).toBeCloseTo(2.4 / (35 / 18), 12);
    expect(mase(backtest(lastValue, [4, 4, 4, 4], { horizon: 1, shortest: 2 }))).toBeNull();
  });

  test('can be looked at as it was', () => {
    expect(asKnownAt(origins, 3)).toEqual([{ known: 2, forecast: [3, 3], errors: [-1], scale: 2 }]);
    expect(asKnownAt(origins, 4).map(({ errors }) => errors)).toEqual([[-1, 3], [4]]);
  });
});

describe('an interval', () => {
  test('reaches as far as a quantile of absolute errors, higher the fewer they are', () => {
    const errors = Array.from({ length: 24 }, (_, i) => (i % 2 === 0 ? i + 1 : -(i + 1)));
    // The 20th of 24 is the quantile at 0.8 x 25 / 24.
    expect(halfWidth(errors, 1, 0.8)).toBeCloseTo(20, 12);
    // Two steps ahead they weigh like 16: 0.8 x 17 / 16 x 24 = 20.4.
    expect(halfWidth(errors, 2, 0.8)).toBeCloseTo(20.4, 12);
  });

  test('rests on the root mean square where there are too few errors for the quantile', () => {
    // Student's t with 4 degrees of freedom is 2.7764.
    expect(halfWidth([1, -1, 1, 1], 1, 0.95)).toBeCloseTo(2.7764, 3);
    expect(halfWidth([0, 0, 0, 9], 1, 0.5)).toBe(0);
    expect(halfWidth([0, 0, 0, 9], 1, 0.9)).toBeGreaterThan(9);
  });

  const origin = (known: number, errors: number[], value = 1) => ({
    known,
    forecast: [value, value],
    errors,
    scale: 1,
  });

  test('grows on the side that it missed, from the next origin on', () => {
    const errors = (i: number) => (i < 30 ? [i % 2 === 0 ? 1 : -1, 0] : [5, 5]);
    const origins = Array.from({ length: 40 }, (_, i) => origin(i + 4, errors(i)));
    const given = marginsOverTime(origins, [1, 1]);
    const [before, next] = [30, 31].map((i) => given[i][0][0]);
    expect(given[0][0][0]).toBeNull();
    // All of the missed were above: 0.4 x (1 / 2 - 0.1) more in the logarithm above, 0.04 less below.
    expect((next?.above ?? 0) / (before?.above ?? 1)).toBeCloseTo(Math.exp(0.16), 9);
    expect((next?.below ?? 0) / (before?.below ?? 1)).toBeCloseTo(Math.exp(-0.04), 9);
  });

  test('is held to what was given at the time', () => {
    const origins = [origin(4, [0, 9]), origin(5, [-2, 3]), origin(6, [2.1])];
    const given = [null, { below: 2, above: 1 }, { below: 1, above: 2 }].map((margin) => [[margin, margin]]);
    expect(coverageOf(origins, given, { level: 0, step: 1 })).toEqual({ share: 1 / 2, n: 2 });
    expect(coverageOf(origins, given, { level: 0, step: 2 })).toEqual({ share: 0, n: 1 });
    expect(coverageOf([], [], { level: 0, step: 1 })).toBeNull();
  });

  test('is in units of the square root of the forecast, and wider at a higher level', () => {
    const origins = Array.from({ length: 30 }, (_, i) => origin(i + 4, [i % 3, i % 5], 4));
    const [narrow, wide] = marginsOverTime(origins, [100, 4])[30];
    const same = marginsOverTime(origins, [4, 4])[30];
    expect(narrow[0]?.above).toBeCloseTo(5 * (same[0][0]?.above ?? NaN), 12);
    narrow.forEach((margin, i) => {
      expect(wide[i]?.above).toBeGreaterThanOrEqual(margin?.above ?? NaN);
      expect(wide[i]?.below).toBeGreaterThanOrEqual(margin?.below ?? NaN);
    });
  });
});

describe('a series', () => {
  test.each([0, 1, 5, 21])('of %d values is too short', (length) => {
    expect(forecastSeries(Array<number>(length).fill(3), monthly)).toBeNull();
  });

  test('that never changes goes on for certain', () => {
    const forecast = forecastSeries(Array<number>(24).fill(5), monthly);
    expect(forecast?.steps).toHaveLength(3);
    forecast?.steps.forEach((step, i) => {
      // Of eight origins, so many had errors to go by and know what came.
      const interval = { low: 5, high: 5, coverage: { share: 1, n: 7 - 2 * i } };
      expect(step).toEqual({ value: 5, interval80: interval, interval95: interval });
    });
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
    expect(mase(forecast?.replayed.slice(-20) ?? [])).toBeLessThan(0.3);
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
