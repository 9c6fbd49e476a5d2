import type { Random } from '../random.ts';
import type { SetSums } from './care-sums.ts';

/** A difference-in-differences with its 95% interval. */
export interface Difference {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
}

const replicates = 2000;

/**
 * Cost per member and month after less before, of the patients less of their comparators, in currency units. The interval
 * is the percentile bootstrap over matched sets; null for fewer than two. Null where a part has no months.
 */
export function differenceInDifferences(sets: readonly SetSums[], random: Random): Difference | null {
  // Cents and months of the four parts, one set after the other: the bootstrap reads them over and over.
  const parts = new Float64Array(sets.length * 8);
  sets.forEach(({ treated, comparators }, i) => {
    [treated.after, treated.before, comparators.after, comparators.before].forEach(({ cents, months }, k) => {
      parts[i * 8 + 2 * k] = cents;
      parts[i * 8 + 2 * k + 1] = months;
    });
  });
  const value = difference(parts, sets.length, (i) => i);
  if (value === null) return null;
  if (sets.length < 2) return { value, low: null, high: null };
  const drawn: number[] = [];
  for (let k = 0; k < replicates; k++) {
    const again = difference(parts, sets.length, () => random.below(sets.length));
    if (again !== null) drawn.push(again);
  }
  drawn.sort((a, b) => a - b);
  return { value, low: quantile(drawn, 0.025), high: quantile(drawn, 0.975) };
}

function difference(parts: Float64Array, sets: number, pick: (i: number) => number): number | null {
  const sums = new Float64Array(8);
  for (let i = 0; i < sets; i++) {
    const at = pick(i) * 8;
    for (let k = 0; k < 8; k++) sums[k] += parts[at + k];
  }
  const perMonth = (k: number) => sums[2 * k] / sums[2 * k + 1] / 100;
  const value = perMonth(0) - perMonth(1) - (perMonth(2) - perMonth(3));
  return Number.isFinite(value) ? value : null;
}

/** Between the values that lie around it, in proportion. */
function quantile(sorted: readonly number[], share: number): number | null {
  if (sorted.length === 0) return null;
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}
