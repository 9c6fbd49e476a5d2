import { studentT } from './student-t.ts';
import type { Origin } from './backtest.ts';

/** How often intervals held what came, of n. */
export interface Coverage {
  readonly share: number;
  readonly n: number;
}

/** Errors that an interval rests on: the latest, as many as this and as four times the steps ahead. */
const fewestErrors = 24;

/** The latest errors at a step ahead (from 1). */
export function latestErrors(origins: readonly Origin[], step: number): number[] {
  const errors = origins.filter((origin) => origin.errors.length >= step).map((origin) => origin.errors[step - 1]);
  return errors.slice(-Math.max(fewestErrors, 4 * step));
}

export function rootMeanSquare(errors: readonly number[]): number {
  return Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length);
}

/**
 * Half the width of a prediction interval from the errors of a backtest at one step ahead: their root mean square times
 * Student's t.
 * Forecasts of several steps from neighbouring origins share most of what happens, so that n errors weigh less than n:
 * by Bartlett's formula for the sum of `step` independent shocks, n / (1 + (step - 1)(2 step - 1) / (3 step)).
 * @param n number of the errors
 * @param step from 1
 */
export function halfWidth(meanError: number, n: number, step: number, level: number): number {
  const independent = n / (1 + ((step - 1) * (2 * step - 1)) / (3 * step));
  return studentT(Math.max(1, independent), level) * meanError;
}
