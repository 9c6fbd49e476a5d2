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

  test('has 95% intervals that held at least as often', () => {
    for (const { interval95 } of forecast?.steps ?? []) {
      expect(interval95.coverage?.n).toBe(58);
      expect(interval95.coverage?.share).toBeGreaterThanOrEqual(0.9);
    }
  });
});
