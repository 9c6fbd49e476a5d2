import { asKnownAt, backtest, forecastBy, mase, meanAbsoluteError, type Origin } from './backtest.ts';
import { candidatesFor, type Candidate } from './candidates.ts';
import { halfWidth, latestErrors, rootMeanSquare, type Coverage } from './intervals.ts';

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
  /** Those origins. */
  readonly replayed: readonly Origin[];
  /** Errors of the method from every origin whose whole horizon is known, one for each step ahead. */
  readonly errors: readonly (readonly number[])[];
}

export interface SeriesShape {
  /** Steps to forecast. */
  readonly horizon: number;
  /** Values in a season, above 1. */
  readonly period: number;
}

/** A candidate with its backtest. */
export interface Competitor {
  readonly candidate: Candidate;
  readonly origins: readonly Origin[];
}

/** Origins that choose the method: the latest, as many as this and as twice the horizon. */
const fewestChoosing = 12;
/** Origins that score it, at least. */
const fewestScoring = 4;
/** Values known at the first origin, at least. */
const fewestKnown = 4;

/**
 * Forecasts a series by the candidate with the lowest mean absolute scaled error over the latest rolling origins, at least
 * 12. Choosing and forecasting are scored together: at every earlier origin the choice is made again from what was known
 * then, and so are its intervals, so that no origin scores a choice that it took part in.
 * @param values at equal distances, the oldest first, none below 0
 * @returns null where there are too few values
 */
export function forecastSeries(values: readonly number[], { horizon, period }: SeriesShape): SeriesForecast | null {
  const competitors = compete(values, { horizon, period });
  if (competitors === null) return null;
  const { candidate, origins } = choose(competitors, values.length, horizon);
  const scored = replay(competitors, horizon);
  const replayed = scored.map(({ origin }) => origin);
  return {
    method: candidate.name,
    steps: forecastBy(candidate, values, horizon).map((value, i) => {
      const [interval80, interval95] = ([0.8, 0.95] as const).map((level) => {
        const half = widthAt(origins, replayed, i + 1, level);
        return { low: Math.max(0, value - half), high: value + half, coverage: coverageOf(scored, i, level) };
      });
      return { value, interval80, interval95 };
    }),
    mase: mase(replayed),
    replayed,
    errors: origins.filter(({ errors }) => errors.length === horizon).map(({ errors }) => errors),
  };
}

/**
 * The candidates with their backtests from the same origins. The first has two seasons before it where enough origins
 * remain; else those that need a season are left out.
 * @returns null where there are too few values
 */
export function compete(values: readonly number[], { horizon, period }: SeriesShape): Competitor[] | null {
  const origins = choosingOrigins(horizon) + fewestScoring;
  const shortest = [2 * period, fewestKnown].find((known) => values.length - horizon - known + 1 >= origins);
  if (shortest === undefined) return null;
  return candidatesFor(period)
    .filter(({ needs }) => needs <= shortest)
    .map((candidate) => ({ candidate, origins: backtest(candidate, values, { horizon, shortest }) }));
}

function choosingOrigins(horizon: number): number {
  return Math.max(fewestChoosing, 2 * horizon);
}

/** The best candidate by what was known of the latest origins when so many values were. */
function choose(competitors: readonly Competitor[], known: number, horizon: number): Competitor {
  // The scale is the same for all, so that the lowest error has the lowest scaled error too.
  const errorOf = ({ origins }: Competitor) =>
    meanAbsoluteError(asKnownAt(origins, known).slice(-choosingOrigins(horizon)));
  return competitors.reduce((best, other) => (errorOf(other) < errorOf(best) ? other : best));
}

/** An origin of the candidate that would have been chosen then, with what was known of its errors. */
interface Replayed {
  readonly origin: Origin;
  readonly before: readonly Origin[];
}

/** Chooses and forecasts again at each origin that has enough before it and its whole horizon behind it. */
function replay(competitors: readonly Competitor[], horizon: number): Replayed[] {
  return competitors[0].origins.slice(choosingOrigins(horizon)).flatMap(({ known, errors }) => {
    if (errors.length < horizon) return [];
    const { origins } = choose(competitors, known, horizon);
    return origins
      .filter((origin) => origin.known === known)
      .map((origin) => ({
        origin,
        before: asKnownAt(origins, known),
      }));
  });
}

/** How often the intervals of a step (from 0) held what came. */
function coverageOf(scored: readonly Replayed[], step: number, level: number): Coverage | null {
  const checked = scored.flatMap(({ origin, before }, i) => {
    const earlier = scored.slice(0, i).map((replayed) => replayed.origin);
    const half = widthAt(before, asKnownAt(earlier, origin.known), step + 1, level);
    return Number.isNaN(half) ? [] : [Math.abs(origin.errors[step]) <= half];
  });
  return checked.length === 0 ? null : { share: checked.filter(Boolean).length / checked.length, n: checked.length };
}

/**
 * The wider of what the method's own errors give and those of choosing and forecasting: the best of several in a backtest
 * looks better than it is. NaN without errors.
 */
function widthAt(origins: readonly Origin[], replayed: readonly Origin[], step: number, level: number): number {
  const errors = latestErrors(origins, step);
  const chosen = latestErrors(replayed, step);
  const scale = Math.max(rootMeanSquare(errors), chosen.length === 0 ? 0 : rootMeanSquare(chosen));
  return halfWidth(scale, errors.length, step, level);
}
