import { Z95 } from './normal';

export interface Interval {
  lower: number;
  upper: number;
}

/**
 * Wilson's score interval of a proportion (Wilson 1927), without continuity correction.
 * @param successes between 0 and `trials`
 * @param z quantile; 95% unless given
 * @returns fractions; null when the counts are no proportion
 */
export function wilson(successes: number, trials: number, z = Z95): Interval | null {
  if (!(trials > 0) || !(successes >= 0) || !(successes <= trials) || !Number.isFinite(trials)) {
    return null;
  }
  const share = successes / trials;
  const square = z * z;
  const centre = share + square / (2 * trials);
  const spread = z * Math.sqrt((share * (1 - share) + square / (4 * trials)) / trials);
  const scale = 1 + square / trials;
  // At 0 and 1 the bound is exact; rounding must not push it out.
  return {
    lower: successes === 0 ? 0 : (centre - spread) / scale,
    upper: successes === trials ? 1 : (centre + spread) / scale,
  };
}
