import { quantile } from '../evaluation/bootstrap.ts';
import type { Origin } from './backtest.ts';
import { studentT } from './student-t.ts';

/** Shares of what comes that intervals are to hold, the narrowest first. */
export const levels = [0.8, 0.95] as const;

/** How far an interval reaches below and above a forecast. */
export interface Margin {
  readonly below: number;
  readonly above: number;
}

/** One margin for each level and each step ahead; null where there were no errors to go by. */
export type Margins = readonly (readonly (Margin | null)[])[];

/** How often intervals held what came, of n. */
export interface Coverage {
  readonly share: number;
  readonly n: number;
}

/** Errors that an interval rests on: the latest, as many as this and as four times the steps ahead. */
const fewestErrors = 24;
/** How quickly the margins follow what they miss. */
const pace = 0.4;
/** How far they may go from what the errors alone give. */
const leastFactor = 1 / 2;
const mostFactor = 3 / 2;

/**
 * The margins that would have been given at each origin, and, last, those of the present, each from what was known then.
 *
 * A margin begins as a quantile of the latest errors at its step, in units of the square root of what was forecast (split
 * conformal prediction over rolling origins; counts, and sums over many customers, vary by that much). Its two sides are then
 * multiplied by factors that follow how often the intervals of all steps missed on that side of late (adaptive conformal
 * inference, Gibbs and Candès, 2021): the short steps show a change before the long ones can.
 * @param origins one for each number of known values, without a gap, the earliest first
 * @param present forecast from all values
 */
export function marginsOverTime(origins: readonly Origin[], present: readonly number[]): Margins[] {
  const given: Margins[] = [];
  const factors = levels.map((level) => new Factors(level));
  for (let i = 0; i <= origins.length; i++) {
    factors.forEach((factor, l) => factor.follow(misses(origins, given, i, l)));
    given.push(marginsOf(i < origins.length ? origins[i].forecast : present, origins.slice(0, i), factors));
  }
  return given;
}

/** How often the intervals of a step (from 1) held what came. */
export function coverageOf(
  origins: readonly Origin[],
  given: readonly Margins[],
  { level, step }: { level: number; step: number },
): Coverage | null {
  const held = origins.flatMap(({ errors }, i) => {
    const margin = given[i][level][step - 1];
    return errors.length < step || margin === null ? [] : [sideOf(errors[step - 1], margin) === 0];
  });
  return held.length === 0 ? null : { share: held.filter(Boolean).length / held.length, n: held.length };
}

/** -1, 0 or 1: below the interval, in it, or above. */
function sideOf(error: number, { below, above }: Margin): number {
  return error > above ? 1 : error < -below ? -1 : 0;
}

/** On which sides the intervals missed whose time came between the origin before and this one: one for each step. */
function misses(origins: readonly Origin[], given: readonly Margins[], i: number, level: number): number[] {
  return given.flatMap((margins, earlier) => {
    const step = i - earlier;
    const margin = margins[level][step - 1] ?? null;
    return margin === null ? [] : [sideOf(origins[earlier].errors[step - 1], margin)];
  });
}

/** What the two sides of the margins of one level are multiplied by. */
class Factors {
  private logBelow = 0;
  private logAbove = 0;

  constructor(private readonly level: number) {}

  follow(sides: readonly number[]): void {
    if (sides.length === 0) return;
    const expected = (1 - this.level) / 2;
    const shareOf = (side: number) => sides.filter((one) => one === side).length / sides.length;
    this.logBelow = clip(this.logBelow + pace * (shareOf(-1) - expected));
    this.logAbove = clip(this.logAbove + pace * (shareOf(1) - expected));
  }

  of(half: number): Margin {
    return { below: half * Math.exp(this.logBelow), above: half * Math.exp(this.logAbove) };
  }
}

function clip(logFactor: number): number {
  return Math.min(Math.log(mostFactor), Math.max(Math.log(leastFactor), logFactor));
}

/**
 * The margins of a forecast that was made right after all these origins. A wider level is nowhere narrower than the one before it.
 */
function marginsOf(forecast: readonly number[], origins: readonly Origin[], factors: readonly Factors[]): Margins {
  const narrower: (Margin | null)[] = [];
  return levels.map((level, l) =>
    forecast.map((value, i) => {
      const errors = latestErrors(origins, i + 1);
      if (errors.length === 0) return null;
      const margin = factors[l].of(halfWidth(errors, i + 1, level) * unitOf(value));
      const { below, above } = narrower[i] ?? margin;
      return (narrower[i] = { below: Math.max(below, margin.below), above: Math.max(above, margin.above) });
    }),
  );
}

/** The latest errors at a step ahead (from 1) that are known right after these origins, in units of their forecasts. */
function latestErrors(origins: readonly Origin[], step: number): number[] {
  const end = Math.max(0, origins.length - step + 1);
  const known = origins.slice(Math.max(0, end - Math.max(fewestErrors, 4 * step)), end);
  return known.map(({ forecast, errors }) => errors[step - 1] / unitOf(forecast[step - 1]));
}

function unitOf(forecast: number): number {
  return Math.sqrt(Math.max(1, forecast));
}

/**
 * The quantile of absolute errors that holds the next one with the given chance: that of n errors at level (1 + 1 / n). Forecasts of
 * several steps from neighbouring origins share most of what happens, so that n errors weigh less than n: by Bartlett's formula for
 * the sum of `step` independent shocks, n / (1 + (step - 1)(2 step - 1) / (3 step)). Where they are too few for the quantile, their
 * root mean square times Student's t, if that is more than the largest.
 */
export function halfWidth(errors: readonly number[], step: number, level: number): number {
  const independent = Math.max(1, errors.length / (1 + ((step - 1) * (2 * step - 1)) / (3 * step)));
  const sorted = Float64Array.from(errors, Math.abs).sort();
  const rank = level * (1 + 1 / independent) * sorted.length - 1;
  const last = sorted.length - 1;
  if (rank <= last) return quantile(sorted, Math.max(0, rank) / Math.max(1, last));
  return Math.max(sorted[last], studentT(independent, level) * rootMeanSquare(errors));
}

function rootMeanSquare(errors: readonly number[]): number {
  return Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length);
}
