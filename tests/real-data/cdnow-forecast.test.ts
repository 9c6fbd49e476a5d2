import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { backtest, mase } from '@fair-underwriting/ml-service/src/forecast/backtest.ts';
import { leastSquares, seasonalNaive } from '@fair-underwriting/ml-service/src/forecast/candidates.ts';
import { forecastSeries, type SeriesForecast } from '@fair-underwriting/ml-service/src/forecast/forecast.ts';
import { weeklyRevenue } from './cdnow-weeks.ts';
import { dataSet } from './files.ts';

const source = dataSet('cdnow-orders.txt');
const horizon = 4;
jest.setTimeout(60_000);

(source ? describe : describe.skip)('weekly revenue of CDNOW, four weeks ahead', () => {
  let values: number[];
  let forecast: SeriesForecast | null;
  beforeAll(async () => {
    values = await weeklyRevenue(source ?? '');
    forecast = forecastSeries(values, { horizon, period: 52 });
  });

  test('is forecast nearer than by least squares and by what was a year before', () => {
    const origins = forecast?.replayed.filter(({ known }) => known >= 52) ?? [];
    expect(origins).toHaveLength(22);
    const ours = mase(origins) ?? NaN;
    for (const candidate of [leastSquares, seasonalNaive(52)]) {
      const theirs = mase(backtest(candidate, values, { horizon, shortest: 52 }).slice(0, origins.length)) ?? NaN;
      expect(ours).toBeLessThan(theirs / 2);
    }
  });

  test('has intervals that hold as often as they say, within 5 points', () => {
    const steps = forecast?.steps ?? [];
    for (const [interval, level] of [
      ['interval80', 0.8],
      ['interval95', 0.95],
    ] as const) {
      const coverage = steps.map((step) => step[interval].coverage ?? { share: NaN, n: NaN });
      const n = coverage.reduce((sum, one) => sum + one.n, 0);
      const held = coverage.reduce((sum, { share, n }) => sum + share * n, 0) / n;
      expect(n).toBe(60 + 58 + 56 + 54);
      expect(Math.abs(held - level)).toBeLessThan(0.05);
    }
  });
});
