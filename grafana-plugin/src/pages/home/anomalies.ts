/** A monthly figure that left the range of the months before it. */
export interface Anomaly {
  name: string;
  value: number;
  /** Median of the months before. */
  usual: number;
  /** Modified z-score: distance from the median in robust standard deviations, with its sign. */
  score: number;
}

/** Fewer months tell no range. */
export const fewestMonths = 6;

/** Iglewicz and Hoaglin, How to Detect and Handle Outliers (1993): beyond it a value counts as an outlier. */
export const outlierScore = 3.5;

/** Median absolute deviation x 1.4826 estimates the standard deviation of normal values. */
const toStandardDeviation = 1.4826;

/**
 * Compares the last value of a series with those before it.
 * @param values oldest first; null where there is none
 * @returns undefined when the value is as usual, or when the months before are too few or all alike
 */
export function anomalyOf(name: string, values: ReadonlyArray<number | null>): Anomaly | undefined {
  const value = values.at(-1);
  const before = values.slice(0, -1).filter((one): one is number => one !== null);
  if (value === null || value === undefined || before.length < fewestMonths) {
    return undefined;
  }
  const usual = median(before);
  const spread = median(before.map((one) => Math.abs(one - usual))) * toStandardDeviation;
  if (spread === 0) {
    return undefined;
  }
  const score = (value - usual) / spread;
  return Math.abs(score) > outlierScore ? { name, value, usual, score } : undefined;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
