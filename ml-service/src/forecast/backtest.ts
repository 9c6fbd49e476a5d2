import type { Candidate } from './candidates.ts';

/** A forecast from one origin of a rolling backtest beside what came. */
export interface Origin {
  /** Number of values that were known. */
  readonly known: number;
  /** One value for each step ahead. */
  readonly forecast: readonly number[];
  /** Actual value less forecast, for each step ahead that has come by now. */
  readonly errors: readonly number[];
  /** Mean absolute change from one known value to the next: what errors are measured in. */
  readonly scale: number;
}

/** Forecasts what cannot be below 0. */
export function forecastBy(candidate: Candidate, values: readonly number[], horizon: number): number[] {
  return candidate.forecast(values, horizon).map((value) => Math.max(0, value));
}

/**
 * Forecasts from every origin as it would have been done then.
 * @param shortest values known at the first origin; at least what the candidate needs, and 2
 */
export function backtest(
  candidate: Candidate,
  values: readonly number[],
  { horizon, shortest }: { horizon: number; shortest: number },
): Origin[] {
  return Array.from({ length: Math.max(0, values.length - shortest) }, (_, i) => {
    const known = shortest + i;
    const forecast = forecastBy(candidate, values.slice(0, known), horizon);
    return {
      known,
      forecast,
      errors: values.slice(known, known + horizon).map((value, step) => value - forecast[step]),
      scale: meanChange(values, known),
    };
  });
}

function meanChange(values: readonly number[], known: number): number {
  let sum = 0;
  for (let i = 1; i < known; i++) sum += Math.abs(values[i] - values[i - 1]);
  return sum / (known - 1);
}

/** The same origins as they looked when fewer values were known: errors that came later are taken off. */
export function asKnownAt(origins: readonly Origin[], known: number): Origin[] {
  return origins
    .filter((origin) => origin.known < known)
    .map((origin) => ({ ...origin, errors: origin.errors.slice(0, known - origin.known) }));
}

export function meanAbsoluteError(origins: readonly Origin[]): number {
  const errors = origins.flatMap((origin) => origin.errors);
  return errors.reduce((sum, error) => sum + Math.abs(error), 0) / errors.length;
}

/**
 * Mean absolute scaled error (Hyndman and Koehler, 2006): over all origins and steps, in units of the mean change that was
 * known at the origins. Null where nothing had changed, and without origins.
 */
export function mase(origins: readonly Origin[]): number | null {
  const scale = origins.reduce((sum, origin) => sum + origin.scale, 0) / origins.length;
  return scale > 0 ? meanAbsoluteError(origins) / scale : null;
}
