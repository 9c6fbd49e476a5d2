import { horizonDays } from '../features/read.ts';

const millisecondsPerDay = 86_400_000;

/**
 * When a customer is expected to leave: the end of the paid period that is running when half of such customers have left,
 * were they to leave evenly over the 90 days that the probability is about.
 * @param probability of churn within 90 days
 * @param snapshot instant of the prediction
 * @param renewals ends of the paid periods in those 90 days, the nearest first
 * @returns null unless the probability is above 0.5, and where that period ends later than 90 days ahead.
 */
export function predictedChurnDate(probability: number, snapshot: Date, renewals: readonly Date[]): Date | null {
  if (!(probability > 0.5)) return null;
  const days = probability < 1 ? (horizonDays * Math.LN2) / -Math.log1p(-probability) : 0;
  const expected = snapshot.getTime() + days * millisecondsPerDay;
  return renewals.find((end) => end.getTime() >= expected) ?? null;
}
