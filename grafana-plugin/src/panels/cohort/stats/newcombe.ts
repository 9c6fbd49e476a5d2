import { twoSidedP, Z95 } from './normal';
import { wilson, type Interval } from './wilson';

export interface Proportion {
  successes: number;
  trials: number;
}

export interface Difference extends Interval {
  difference: number;
}

/** An estimate with its own limits. */
export interface Estimate extends Interval {
  value: number;
}

/**
 * Interval of a difference from the limits of both parts (Newcombe 1998, method 10, where these are Wilson's).
 * @returns first less second, in fractions
 */
export function differenceOf(first: Estimate, second: Estimate): Difference {
  const difference = first.value - second.value;
  return {
    difference,
    lower: difference - Math.hypot(first.value - first.lower, second.upper - second.value),
    upper: difference + Math.hypot(first.upper - first.value, second.value - second.lower),
  };
}

/** Newcombe's interval of the difference of two independent proportions; null when one is no proportion. */
export function newcombe(first: Proportion, second: Proportion, z = Z95): Difference | null {
  const a = wilson(first.successes, first.trials, z);
  const b = wilson(second.successes, second.trials, z);
  return (
    a &&
    b &&
    differenceOf({ value: first.successes / first.trials, ...a }, { value: second.successes / second.trials, ...b })
  );
}

/**
 * The two-sided p value that belongs to Newcombe's interval: the smallest level at which the interval leaves out 0.
 * @returns null when one is no proportion
 */
export function newcombeP(first: Proportion, second: Proportion): number | null {
  const point = newcombe(first, second, 0);
  if (!point) {
    return null;
  }
  if (point.difference === 0) {
    return 1;
  }
  const leavesOutZero = (z: number) => {
    const interval = newcombe(first, second, z);
    return interval !== null && (interval.lower > 0 || interval.upper < 0);
  };
  let [low, high] = [0, 40];
  while (high - low > 1e-9) {
    const middle = (low + high) / 2;
    if (leavesOutZero(middle)) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return twoSidedP(low);
}

/** The p value of a difference whose 95% limits alone are known, as if its limits widened in proportion to z. */
export function pFromInterval({ difference, lower, upper }: Difference): number {
  const reach = difference > 0 ? difference - lower : upper - difference;
  if (reach <= 0) {
    return difference === 0 ? 1 : 0;
  }
  return twoSidedP((Z95 * Math.abs(difference)) / reach);
}
