import { asKnownAt, backtest, forecastBy, mase, meanAbsoluteError, type Origin } from './backtest.ts';
import { candidatesFor, type Candidate } from './candidates.ts';
import { coverageOf, marginsOverTime, type Coverage, type Margins } from './intervals.ts';

/** An interval about one forecasted value. */
export interface PredictionInterval {
  readonly low: number;
  readonly high: number;
  /** Of the intervals that would have been given before; null where none could be checked. */
  readonly coverage: Coverage | null;
}

export interface ForecastStep {
  readonly value: number;
  readonly interval80: PredictionInterval;
  readonly interval95: PredictionInterval;
}

export interface SeriesForecast {
  /** Name of the candidate that was chosen. */
  readonly method: string;
  /** One for each step ahead. */
  readonly steps: readonly ForecastStep[];
  /** Of choosing and forecasting at earlier origins. Null where nothing had changed. */
  readonly mase: number | null;
  /** Those origins whose whole horizon is known. */
  readonly replayed: readonly Origin[];
  /** The latest errors of choosing and forecasting over a whole horizon, one for each step ahead. */
  readonly errors: readonly (readonly number[])[];
}

export interface SeriesShape {
  /** Steps to forecast. */
  readonly horizon: number;
  /** Values in a season, above 1. */
  readonly period: number;
}

/** A candidate with its backtest. */
interface Competitor {
  readonly candidate: Candidate;
  readonly origins: readonly Origin[];
}

/** The latest origins, so many, choose the method. */
const choosingOrigins = 12;
/** Origins that score it, at least. */
const fewestScoring = 4;
/** Values known at the first origin, at least. */
const fewestKnown = 4;
/** The latest errors over a whole horizon, as many as this times its length. */
const horizonsOfErrors = 4;

/**
 * Forecasts a series by the candidate with the lowest mean absolute scaled error over the latest 12 rolling origins. Choosing
 * and forecasting are scored together: at every earlier origin the choice is made again from what was known then, and
 * so are its intervals, so that no origin scores a choice, or an interval, that it took part in.
 * @param values at equal distances, the oldest first, none below 0
 * @returns null where there are too few values
 */
export function forecastSeries(values: readonly number[], { horizon, period }: SeriesShape): SeriesForecast | null {
  const firstChoice = fewestKnown + choosingOrigins;
  if (values.length < firstChoice + horizon + fewestScoring - 1) return null;
  const competitors = candidatesFor(period).map((candidate) => ({
    candidate,
    origins: backtest(candidate, values, { horizon, shortest: Math.max(fewestKnown, candidate.needs) }),
  }));
  const origins = replay(competitors, firstChoice, values.length);
  const replayed = origins.filter(({ errors }) => errors.length === horizon);
  const { candidate } = choose(competitors, values.length);
  const forecast = forecastBy(candidate, values, horizon);
  const given = marginsOverTime(origins, forecast);
  return {
    method: candidate.name,
    steps: forecast.map((value, i) => ({
      value,
      interval80: intervalAt(value, origins, given, { level: 0, step: i + 1 }),
      interval95: intervalAt(value, origins, given, { level: 1, step: i + 1 }),
    })),
    mase: mase(replayed),
    replayed,
    errors: replayed.slice(-horizonsOfErrors * horizon).map(({ errors }) => errors),
  };
}

/** The best candidate by what was known of the latest origins when so many values were; one with fewer origins cannot be it. */
function choose(competitors: readonly Competitor[], known: number): Competitor {
  let best = { competitor: competitors[0], error: Infinity };
  for (const competitor of competitors) {
    const latest = asKnownAt(competitor.origins, known).slice(-choosingOrigins);
    if (latest.length < choosingOrigins) continue;
    // The scale is the same for all, so that the lowest error has the lowest scaled error too.
    const error = meanAbsoluteError(latest);
    if (error < best.error) best = { competitor, error };
  }
  return best.competitor;
}

/** Chooses and forecasts again at each number of known values. */
function replay(competitors: readonly Competitor[], first: number, end: number): Origin[] {
  return Array.from({ length: end - first }, (_, i) => {
    const { origins } = choose(competitors, first + i);
    return origins[first + i - origins[0].known];
  });
}

function intervalAt(
  value: number,
  origins: readonly Origin[],
  given: readonly Margins[],
  at: { level: number; step: number },
): PredictionInterval {
  const { below, above } = given[origins.length][at.level][at.step - 1] ?? { below: NaN, above: NaN };
  return { low: Math.max(0, value - below), high: value + above, coverage: coverageOf(origins, given, at) };
}
