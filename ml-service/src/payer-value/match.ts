import { exposure, firstDayOf, type Member, type Month, monthOf, yearOf } from './members.ts';
import { type Design, monthsOf } from './windows.ts';

/** A patient with up to three similar members of the same payer, who take over the patient's index month. */
export interface MatchedSet {
  readonly patient: Member;
  readonly index: Month;
  readonly comparators: readonly Member[];
}

export interface Matching {
  readonly sets: readonly MatchedSet[];
  /** Diagnosed members who are left out, and why. */
  readonly withoutHistory: readonly Member[];
  readonly withoutFollowUp: readonly Member[];
  readonly withoutMatches: readonly Member[];
}

export const comparatorsPerPatient = 3;
/** Greatest distance of two logarithms of cost, in standard deviations over the patients. */
const caliper = 0.5;

/**
 * Matches each patient with up to three members who were never diagnosed, of the same payer, sex, region, age band and
 * group of comorbidity, insured over the same months, nearest in cost before. Nobody is used twice; those with the fewest
 * to choose from choose first, one in each round. The same members give the same sets whatever their order.
 */
export function matchMembers(members: readonly Member[], design: Design): Matching {
  const strata = new Map<string, Member[]>();
  for (const member of members.filter(({ diagnosedOn }) => diagnosedOn === null).toSorted(byId)) {
    const key = stratum(member);
    const others = strata.get(key) ?? [];
    strata.set(key, others);
    others.push(member);
  }
  const patients = members
    .filter(({ diagnosedOn }) => diagnosedOn !== null)
    .toSorted(byId)
    .map((patient) => ({ patient, index: monthOf(patient.diagnosedOn ?? 0) - design.earlier }));
  const withHistory = patients.filter(({ patient, index }) => hasHistory(patient, index, design));
  const studied = withHistory.filter(({ patient, index }) => isFollowed(patient, index));
  const width = caliper * deviation(studied.map(({ patient, index }) => logCost(patient, index, design)));

  const choices = studied.map(({ patient, index }) => {
    const cost = logCost(patient, index, design);
    const near = (strata.get(stratum(patient)) ?? [])
      .filter((other) => ageBand(other, index) === ageBand(patient, index) && isComparable(other, index, design))
      .map((member) => ({ member, distance: Math.abs(logCost(member, index, design) - cost) }))
      .filter(({ distance }) => distance <= width)
      .sort((a, b) => a.distance - b.distance || byId(a.member, b.member))
      .map(({ member }) => member);
    return { patient, index, near, comparators: [] as Member[] };
  });

  const taken = new Set<Member>();
  const order = choices.toSorted((a, b) => a.near.length - b.near.length || byId(a.patient, b.patient));
  for (let round = 0; round < comparatorsPerPatient; round++) {
    for (const { near, comparators } of order) {
      const next = near.find((member) => !taken.has(member));
      if (next === undefined) continue;
      taken.add(next);
      comparators.push(next);
    }
  }
  const only = (kept: readonly { patient: Member }[]) => {
    const ids = new Set(kept.map(({ patient }) => patient));
    return ({ patient }: { patient: Member }) => !ids.has(patient);
  };
  return {
    sets: choices
      .filter(({ comparators }) => comparators.length > 0)
      .map(({ patient, index, comparators }) => ({ patient, index, comparators })),
    withoutHistory: patients.filter(only(withHistory)).map(({ patient }) => patient),
    withoutFollowUp: withHistory.filter(only(studied)).map(({ patient }) => patient),
    withoutMatches: choices.filter(({ comparators }) => comparators.length === 0).map(({ patient }) => patient),
  };
}

/** Insured over all months before. */
function hasHistory(member: Member, index: Month, { matched }: Design): boolean {
  return member.enrolledOn <= firstDayOf(index + matched.from);
}

/** Still insured on the first day that counts. */
function isFollowed(member: Member, index: Month): boolean {
  return member.lastDay >= firstDayOf(index + 1);
}

/** Whether somebody who was never diagnosed could stand beside a patient of that index month. */
export function isComparable(member: Member, index: Month, design: Design): boolean {
  return hasHistory(member, index, design) && isFollowed(member, index);
}

function stratum({ payer, sex, region, comorbidity }: Member): string {
  return JSON.stringify([payer, sex, region, comorbidityGroup(comorbidity)]);
}

/** 0, 1 to 2, 3 to 4, 5 and above, as the Charlson index is mostly grouped. */
function comorbidityGroup(score: number): number {
  return Math.min(3, Math.ceil(score / 2));
}

/** Ten years in the year of the index. */
function ageBand({ birthYear }: Member, index: Month): number {
  return Math.floor((yearOf(index) - birthYear) / 10);
}

/** Logarithm of one more than the cost of a month, in currency units, over the months that are matched by. */
export function logCost(member: Member, index: Month, { matched }: Design): number {
  let cents = 0;
  let months = 0;
  for (const month of monthsOf(matched, index)) {
    cents += member.care.get(month)?.cents ?? 0;
    months += exposure(member, month);
  }
  return months === 0 ? 0 : Math.log1p(cents / 100 / months);
}

/** Standard deviation; without limit for a single value, which says nothing of it. */
function deviation(values: readonly number[]): number {
  if (values.length < 2) return Infinity;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}

function byId(a: Member, b: Member): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
