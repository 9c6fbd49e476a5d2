import { minimise } from './compass-search.ts';
import { fitLine } from './least-squares.ts';

/** Level, trend and seasonal indices before the first value; without a season `season` is empty. */
interface State {
  readonly level: number;
  readonly trend: number;
  readonly season: Float64Array;
}

/** Weights of the newest error in level, trend and season, and the damping of the trend. */
interface Weights {
  readonly level: number;
  readonly trend: number;
  readonly season: number;
  readonly damping: number;
}

/** Values that the first trend is taken from where there is no season. */
const trendFrom = 10;
/** A damping below would be no trend, above no damping (Hyndman and Athanasopoulos, Forecasting, 8.2). */
const leastDamping = 0.8;
const mostDamping = 0.98;
/** Where the search for the weights begins: slow, and quick to follow. */
const starts = [0.2, 0.8];

/**
 * Forecasts by exponential smoothing with a damped additive trend and, where a period is given, an additive season
 * (Holt-Winters; ETS(A,Ad,N) and ETS(A,Ad,A)). The weights have the least squared error of one step ahead.
 * @param values the oldest first; at least 4, with a season at least two periods
 * @param period values in a season; 1 for none
 */
export function dampedTrend(values: readonly number[], horizon: number, period = 1): number[] {
  const state = period > 1 ? seasonalStart(values, period) : start(values);
  const axes = period > 1 ? 4 : 3;
  const fits = starts.map((weight) =>
    minimise((point) => smooth(values, state, weightsAt(point)).squaredError, Array<number>(axes).fill(weight)),
  );
  const best = fits.reduce((least, fit) => (fit.value < least.value ? fit : least));
  return extrapolate(values, state, weightsAt(best.point), horizon);
}

/** Every point of the unit cube is an admissible choice of weights. */
function weightsAt([level, trend, damping, season = 0]: Float64Array): Weights {
  return {
    level,
    trend: level * trend,
    season: (1 - level) * season,
    damping: leastDamping + (mostDamping - leastDamping) * damping,
  };
}

function start(values: readonly number[]): State {
  const { slope, valueAt } = fitLine(values.slice(0, trendFrom));
  return { level: valueAt(-1), trend: slope, season: new Float64Array(0) };
}

/** The trend from the means of the first two periods; each index from what both leave at its place. */
function seasonalStart(values: readonly number[], period: number): State {
  const mean = (from: number) => values.slice(from, from + period).reduce((sum, value) => sum + value, 0) / period;
  const first = mean(0);
  const trend = (mean(period) - first) / period;
  const level = first - (trend * (period + 1)) / 2;
  const left = (i: number) => values[i] - level - trend * (i + 1);
  return { level, trend, season: Float64Array.from({ length: period }, (_, i) => (left(i) + left(i + period)) / 2) };
}

function smooth(values: readonly number[], { level, trend, season: first }: State, weights: Weights) {
  const season = first.slice();
  let squaredError = 0;
  for (let t = 0; t < values.length; t++) {
    const place = season.length === 0 ? -1 : t % season.length;
    const damped = weights.damping * trend;
    const error = values[t] - level - damped - (place < 0 ? 0 : season[place]);
    squaredError += error * error;
    level += damped + weights.level * error;
    trend = damped + weights.trend * error;
    if (place >= 0) season[place] += weights.season * error;
  }
  return { squaredError, level, trend, season };
}

function extrapolate(values: readonly number[], state: State, weights: Weights, horizon: number): number[] {
  const { level, trend, season } = smooth(values, state, weights);
  let value = level;
  let slope = trend;
  return Array.from({ length: horizon }, (_, i) => {
    slope *= weights.damping;
    value += slope;
    return value + (season.length === 0 ? 0 : season[(values.length + i) % season.length]);
  });
}
