/** The mean; null of nothing. */
export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((total, value) => total + value, 0) / values.length;
}

/** The percentile between the two nearest ranks, in proportion; null of nothing. */
export function percentile(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = share * (sorted.length - 1);
  const low = sorted[Math.floor(rank)];
  const high = sorted[Math.ceil(rank)];
  return low === undefined || high === undefined ? null : low + (high - low) * (rank - Math.floor(rank));
}

/** How long something lasted: until its event, or at least so long. */
export interface Lifetime {
  duration: number;
  isEvent: boolean;
}

/**
 * Kaplan-Meier's quantile by Efron's way of redistributing to the right: whoever is lost sight of leaves an equal share of
 * its weight to each that lasted longer. Null where the events never weigh as much as the share.
 */
export function survivalQuantile(lifetimes: readonly Lifetime[], share: number): number | null {
  const sorted = lifetimes.toSorted((a, b) => a.duration - b.duration || Number(b.isEvent) - Number(a.isEvent));
  let weight = 1 / sorted.length;
  let seen = 0;
  for (const [index, { duration, isEvent }] of sorted.entries()) {
    if (isEvent) {
      seen += weight;
      if (seen >= share - 1e-9) return duration;
    } else {
      weight += weight / (sorted.length - index - 1);
    }
  }
  return null;
}

/** Sample variance of a mean. */
function squaredError(values: readonly number[], centre: number): number {
  const squares = values.reduce((total, value) => total + (value - centre) ** 2, 0);
  return squares / (values.length - 1) / values.length;
}

/**
 * Student's t by integration: with x = sqrt(degrees) tan(angle) the density is a power of the cosine, which Simpson's rule
 * adds up; the angle is found by halving.
 */
export function studentQuantile(probability: number, degrees: number): number {
  const area = (angle: number) => {
    const pieces = 1000;
    let sum = 0;
    for (let k = 0; k <= pieces; k += 1) {
      const weight = k === 0 || k === pieces ? 1 : k % 2 === 1 ? 4 : 2;
      sum += weight * Math.cos((angle * k) / pieces) ** (degrees - 1);
    }
    return (sum * angle) / pieces / 3;
  };
  const wanted = 2 * (probability - 0.5) * area(Math.PI / 2);
  let low = 0;
  let high = Math.PI / 2;
  for (let k = 0; k < 60; k += 1) {
    const middle = (low + high) / 2;
    if (area(middle) < wanted) low = middle;
    else high = middle;
  }
  return Math.sqrt(degrees) * Math.tan(low);
}

/** The difference of two means with Welch's 95% interval. */
export function welch(a: readonly number[], b: readonly number[]): { difference: number; low: number; high: number } {
  const [meanA, meanB] = [mean(a) ?? NaN, mean(b) ?? NaN];
  const [errorA, errorB] = [squaredError(a, meanA), squaredError(b, meanB)];
  const error = errorA + errorB;
  const difference = meanA - meanB;
  if (error === 0) return { difference, low: difference, high: difference };
  const degrees = error ** 2 / (errorA ** 2 / (a.length - 1) + errorB ** 2 / (b.length - 1));
  const half = studentQuantile(0.975, degrees) * Math.sqrt(error);
  return { difference, low: difference - half, high: difference + half };
}
