import { quantile } from '../evaluation/bootstrap.ts';
import type { Random } from '../random.ts';
import type { Subscriber } from './subscriber.ts';

/** A cohort's MRR so many months after its first, of the customers of whom that month is over. */
export interface Retained {
  readonly customers: number;
  readonly firstCents: number;
  readonly cents: number;
  /** Percentile interval of cents / firstCents over resampled customers; null under 30 of them. */
  readonly interval: { readonly low: number; readonly high: number } | null;
}

export const fewest = 30;
const replicates = 1000;

/**
 * What is retained in each month after the first: 95% bootstrap intervals by customer. The customers of all months are drawn
 * together, so that a customer who is drawn twice counts twice in every month.
 */
export function retained(subscribers: readonly Subscriber[], random: Random): Retained[] {
  // The longest first: those of whom a month is over come before all others.
  const sorted = subscribers.toSorted((a, b) => b.cents.length - a.cents.length);
  const months = sorted[0]?.cents.length ?? 0;
  const first = Float64Array.from(sorted, ({ cents }) => cents[0]);
  const columns = Array.from({ length: months }, (_, k) =>
    Float64Array.from(
      sorted.filter(({ cents }) => k < cents.length),
      ({ cents }) => cents[k],
    ),
  );
  const isEnough = columns.map((column) => column.length >= fewest);
  const drawn = columns.map((): number[] => []);
  const times = new Uint16Array(sorted.length);
  for (let replicate = 0; replicate < replicates && isEnough.includes(true); replicate++) {
    times.fill(0);
    for (let i = 0; i < sorted.length; i++) times[random.below(sorted.length)]++;
    columns.forEach((column, k) => {
      if (!isEnough[k]) return;
      let before = 0;
      let now = 0;
      for (let i = 0; i < column.length; i++) {
        before += times[i] * first[i];
        now += times[i] * column[i];
      }
      if (before > 0) drawn[k].push(now / before);
    });
  }
  return columns.map((column, k) => {
    const ratios = Float64Array.from(drawn[k]).sort();
    return {
      customers: column.length,
      firstCents: sum(first.subarray(0, column.length)),
      cents: sum(column),
      interval: isEnough[k] ? { low: quantile(ratios, 0.025), high: quantile(ratios, 0.975) } : null,
    };
  });
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
