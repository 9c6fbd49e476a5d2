import { exposure, type Member, type Month } from './members.ts';
import type { MatchedSet } from './match.ts';
import { type Design, monthsOf, type Window } from './windows.ts';

/** What was spent and used in a window, and the months of membership in it. */
export interface CareSum {
  readonly cents: number;
  readonly months: number;
  readonly erVisits: number;
  readonly admissions: number;
  readonly exacerbations: number;
}

export interface SetSums {
  readonly treated: { readonly before: CareSum; readonly after: CareSum };
  /** Each comparator counts one part of the set, so that it weighs as much as its patient. */
  readonly comparators: { readonly before: CareSum; readonly after: CareSum };
  /** Events of the comparators as they were counted, for small cells. */
  readonly counted: { readonly before: CareSum; readonly after: CareSum };
}

/** Adds up a set's care before and after. Death, the end of insurance and the present end what counts. */
export function sumSet({ patient, comparators, index }: MatchedSet, { before, after }: Design): SetSums {
  const of = (members: readonly Member[], window: Window) =>
    add(members.map((member) => careIn(member, index, window)));
  const counted = { before: of(comparators, before), after: of(comparators, after) };
  const weight = 1 / comparators.length;
  return {
    treated: { before: of([patient], before), after: of([patient], after) },
    comparators: { before: scale(counted.before, weight), after: scale(counted.after, weight) },
    counted,
  };
}

function careIn(member: Member, index: Month, window: Window): CareSum {
  const sum = { cents: 0, months: 0, erVisits: 0, admissions: 0, exacerbations: 0 };
  for (const month of monthsOf(window, index)) {
    sum.months += exposure(member, month);
    const care = member.care.get(month);
    sum.cents += care?.cents ?? 0;
    sum.erVisits += care?.erVisits ?? 0;
    sum.admissions += care?.admissions ?? 0;
    sum.exacerbations += care?.exacerbations ?? 0;
  }
  return sum;
}

export function add(sums: readonly CareSum[]): CareSum {
  const of = (figure: (sum: CareSum) => number) => sums.reduce((all, sum) => all + figure(sum), 0);
  return {
    cents: of(({ cents }) => cents),
    months: of(({ months }) => months),
    erVisits: of(({ erVisits }) => erVisits),
    admissions: of(({ admissions }) => admissions),
    exacerbations: of(({ exacerbations }) => exacerbations),
  };
}

function scale(sum: CareSum, by: number): CareSum {
  return {
    cents: sum.cents * by,
    months: sum.months * by,
    erVisits: sum.erVisits * by,
    admissions: sum.admissions * by,
    exacerbations: sum.exacerbations * by,
  };
}
