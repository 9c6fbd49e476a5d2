import { fitLine } from './least-squares.ts';
import { dampedTrend } from './smoothing.ts';

/** A way to forecast. */
export interface Candidate {
  readonly name: string;
  /** Fewest values that it can forecast from. */
  readonly needs: number;
  /** @param values the oldest first. @returns one value for each step ahead */
  readonly forecast: (values: readonly number[], horizon: number) => number[];
}

const steps = (horizon: number, value: (step: number) => number) =>
  Array.from({ length: horizon }, (_, i) => value(i + 1));

export const lastValue: Candidate = {
  name: 'last value',
  needs: 1,
  forecast: (values, horizon) => steps(horizon, () => values[values.length - 1]),
};

/** The last value and the mean change so far. */
export const drift: Candidate = {
  name: 'drift',
  needs: 2,
  forecast: (values, horizon) => {
    const last = values[values.length - 1];
    const change = (last - values[0]) / (values.length - 1);
    return steps(horizon, (step) => last + step * change);
  },
};

export const leastSquares: Candidate = {
  name: 'least squares',
  needs: 3,
  forecast: (values, horizon) => {
    const { valueAt } = fitLine(values);
    return steps(horizon, (step) => valueAt(values.length - 1 + step));
  },
};

export const dampedTrendSmoothing: Candidate = {
  name: 'damped trend',
  needs: 4,
  forecast: (values, horizon) => dampedTrend(values, horizon),
};

/** What was one period before. */
export const seasonalNaive = (period: number): Candidate => ({
  name: 'seasonal naive',
  needs: period,
  forecast: (values, horizon) => steps(horizon, (step) => values[values.length - period + ((step - 1) % period)]),
});

export const seasonalDampedTrend = (period: number): Candidate => ({
  name: 'seasonal damped trend',
  needs: 2 * period,
  forecast: (values, horizon) => dampedTrend(values, horizon, period),
});

/** All of them, the simplest first, which wins a tie. */
export function candidatesFor(period: number): Candidate[] {
  return [lastValue, drift, seasonalNaive(period), leastSquares, dampedTrendSmoothing, seasonalDampedTrend(period)];
}
