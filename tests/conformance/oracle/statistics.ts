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
