import type { Month } from './members.ts';

/** Months from a member's index month, both ends included. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/**
 * The design of a comparison. Those who are alike in cost by chance are so in the months that they were chosen by, and no
 * longer afterwards: hence the cost before is taken from months that chose nobody. Months -3 to 0 are washed out, as costs
 * peak before a diagnosis and fall by themselves.
 */
export interface Design {
  /** Months by which the index lies before the diagnosis. */
  readonly earlier: number;
  readonly matched: Window;
  readonly before: Window;
  readonly after: Window;
}

const baseline = { matched: { from: -12, to: -9 }, before: { from: -8, to: -4 } };

export const main: Design = { earlier: 0, ...baseline, after: { from: 1, to: 12 } };

/** The same a year before the diagnosis, up to the months washed out there: nothing has happened, so it must find nothing. */
export const placebo: Design = { earlier: 12, ...baseline, after: { from: 1, to: 8 } };

export function* monthsOf({ from, to }: Window, index: Month): Generator<Month> {
  for (let month = index + from; month <= index + to; month++) yield month;
}
