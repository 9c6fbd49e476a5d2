import { describe, expect, test } from '@jest/globals';
import {
  dampedTrendSmoothing,
  drift,
  lastValue,
  leastSquares,
  seasonalDampedTrend,
  seasonalNaive,
} from './candidates.ts';
import { fitLine } from './least-squares.ts';
import { studentT } from './student-t.ts';

const close = (values: readonly number[], expected: readonly number[], digits = 6) => {
  expect(values.length).toBe(expected.length);
  values.forEach((value, i) => expect(value).toBeCloseTo(expected[i] ?? NaN, digits));
};

describe('worked out by hand', () => {
  test('last value', () => expect(lastValue.forecast([3, 1, 4], 3)).toEqual([4, 4, 4]));
  test('drift', () => expect(drift.forecast([2, 9, 8], 2)).toEqual([11, 14]));
  // Means 1 and 3, slope (-1 x -2 + 1 x 3) / 2 = 2.5: at 3 and 4 it is 8 and 10.5.
  test('least squares', () => close(leastSquares.forecast([1, 2, 6], 2), [8, 10.5]));
  test('seasonal naive goes round', () => expect(seasonalNaive(3).forecast([9, 1, 2, 3], 5)).toEqual([1, 2, 3, 1, 2]));
});

describe('damped trend', () => {
  test('stays where a series never moved', () => close(dampedTrendSmoothing.forecast([7, 7, 7, 7, 7], 3), [7, 7, 7]));

  test('goes on along a line, a little less with each step', () => {
    const line = Array.from({ length: 30 }, (_, i) => 100 + 5 * i);
    const forecast = dampedTrendSmoothing.forecast(line, 6);
    const steps = forecast.map((value, i) => value - (forecast[i - 1] ?? 245));
    steps.forEach((step, i) => {
      expect(step).toBeGreaterThan(3);
      expect(step).toBeLessThanOrEqual(5.3);
      if (i > 0) expect(step / (steps[i - 1] ?? NaN)).toBeCloseTo(0.98, 2);
    });
  });

  test('repeats a season', () => {
    const season = [10, -5, 0, -5];
    const values = Array.from({ length: 24 }, (_, i) => 50 + (season[i % 4] ?? 0));
    close(seasonalDampedTrend(4).forecast(values, 6), [60, 45, 50, 45, 60, 45]);
  });
});

test.each([
  // Tables of Student's t: 90%, 95% and 99% two-sided.
  [1, 0.95, 12.7062],
  [2, 0.9, 2.92],
  [5, 0.99, 4.0321],
  [30, 0.95, 2.0423],
  [1000, 0.95, 1.9623],
])('t with %d degrees of freedom, %d', (freedom, share, expected) => {
  expect(studentT(freedom, share)).toBeCloseTo(expected, 4);
});

test('t is undefined below one degree of freedom', () => expect(studentT(0.5, 0.95)).toBeNaN());

test('the interval of a line has n - 2 degrees of freedom and x about its mean', () => {
  // Residuals 0.5, -1, 0.5: variance 1.5 with 1 degree of freedom. At 3: 1 + 1/3 + (3 - 1)^2 / 2 = 10/3.
  expect(fitLine([1, 2, 6]).halfWidthAt(3, 0.95)).toBeCloseTo(12.7062 * Math.sqrt((1.5 * 10) / 3), 3);
});
