import { quantile } from '../evaluation/bootstrap.ts';

/** What the need for counselors is worked out from. */
export interface StaffingFacts {
  /** Requests expected in each week ahead. */
  readonly demand: readonly number[];
  /** Errors of that forecast from earlier origins, one for each week: each gives a path. */
  readonly errors: readonly (readonly number[])[];
  /** Requests that wait now. */
  readonly waitlist: number;
  /** Full-time equivalents now. */
  readonly present: number;
  /** Sessions that a full-time equivalent holds in a week. */
  readonly sessionsPerWeek: number;
}

export interface StaffingTargets {
  /** Median wait over the weeks, in days, at most. */
  readonly waitDays: number;
  /** Sessions held / sessions that could be held, at most. */
  readonly utilization: number;
  /** Share of the paths that must meet both. */
  readonly share: number;
}

export interface StaffingNeed {
  /** Fewest full-time equivalents that meet the targets, in tenths. */
  readonly needed: number;
  /** Whole counselors to hire. */
  readonly toHire: number;
  /** Median over the paths of the median wait in days with those who are there now; null without any. */
  readonly waitDaysAtPresent: number | null;
}

/** Needs are told in tenths of a full-time equivalent. */
const tenths = 10;

/**
 * Plays the waiting list through every path of demand: each week those who wait and those who ask are served up to the
 * capacity, and the rest wait on. A request's wait is the time that the capacity takes for the list at the end of its week.
 */
export function staffingNeed(facts: StaffingFacts, targets: StaffingTargets): StaffingNeed {
  const paths = facts.errors.map((errors) => facts.demand.map((value, week) => Math.max(0, value + errors[week])));
  const isEnough = (equivalents: number) => {
    const met = paths.filter((path) => {
      const { utilization, waitDays } = play(path, facts.waitlist, equivalents * facts.sessionsPerWeek);
      return utilization <= targets.utilization && waitDays <= targets.waitDays;
    });
    return met.length >= targets.share * paths.length;
  };
  if (paths.every((path) => path.every((requests) => requests === 0)) && facts.waitlist === 0) {
    return { needed: 0, toHire: 0, waitDaysAtPresent: facts.present > 0 ? 0 : null };
  }
  // More counselors never make it worse, so that the fewest are found by halving.
  let tooFew = 0;
  let enough = 1;
  while (!isEnough(enough / tenths)) {
    tooFew = enough;
    enough *= 2;
  }
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (isEnough(middle / tenths)) enough = middle;
    else tooFew = middle;
  }
  const needed = enough / tenths;
  return {
    needed,
    // Tenths and hundredths are no exact binary fractions.
    toHire: Math.max(0, Math.ceil(Math.round((needed - facts.present) * 100) / 100)),
    waitDaysAtPresent:
      facts.present > 0
        ? median(paths.map((path) => play(path, facts.waitlist, facts.present * facts.sessionsPerWeek).waitDays))
        : null,
  };
}

function play(demand: readonly number[], waiting: number, capacity: number) {
  let held = 0;
  const waits = demand.map((requests) => {
    const asked = waiting + requests;
    const served = Math.min(asked, capacity);
    held += served;
    waiting = asked - served;
    return (waiting / capacity) * 7;
  });
  return { utilization: held / (capacity * demand.length), waitDays: median(waits) };
}

function median(values: readonly number[]): number {
  return quantile(Float64Array.from(values).sort(), 0.5);
}
