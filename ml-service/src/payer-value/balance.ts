import { isComparable, logCost, type MatchedSet } from './match.ts';
import { type Member, type Month, yearOf } from './members.ts';
import type { Design } from './windows.ts';

/** Standardised mean differences between patients and others; null where there are none, or nothing varies. */
export interface Balance {
  readonly covariate: 'age' | 'female' | 'region' | 'comorbidity' | 'cost_before';
  readonly beforeMatching: number | null;
  readonly afterMatching: number | null;
}

interface Person {
  readonly member: Member;
  readonly index: Month;
  readonly weight: number;
}

type Covariate = (person: Person) => number;

/**
 * How far patients and others differ in what they were matched on: difference of means / root of the mean variance of the
 * two before matching. Before matching stand all matched patients, and every member who was never diagnosed, once each,
 * with the index months of the patients in turn.
 */
export function balanceOf(sets: readonly MatchedSet[], others: readonly Member[], design: Design): Balance[] {
  const patients = sets.map(({ patient, index }) => ({ member: patient, index, weight: 1 }));
  const comparators = sets.flatMap(({ comparators, index }) =>
    comparators.map((member) => ({ member, index, weight: 1 / comparators.length })),
  );
  const pool = others
    .map((member, i) => ({ member, index: sets[i % sets.length]?.index ?? 0, weight: 1 }))
    .filter(({ member, index }) => isComparable(member, index, design));
  const compare = (of: Covariate) => ({
    beforeMatching: difference(patients, pool, of, patients, pool),
    afterMatching: difference(patients, comparators, of, patients, pool),
  });
  const regions = [...new Set(sets.map(({ patient }) => patient.region))];
  const byRegion = regions.map((region) => compare(({ member }) => Number(member.region === region)));
  return [
    { covariate: 'age', ...compare(({ member, index }) => yearOf(index) - member.birthYear) },
    { covariate: 'female', ...compare(({ member }) => Number(member.sex === 'female')) },
    {
      covariate: 'region',
      beforeMatching: largest(byRegion.map(({ beforeMatching }) => beforeMatching)),
      afterMatching: largest(byRegion.map(({ afterMatching }) => afterMatching)),
    },
    { covariate: 'comorbidity', ...compare(({ member }) => member.comorbidity) },
    { covariate: 'cost_before', ...compare(({ member, index }) => logCost(member, index, design)) },
  ];
}

function difference(
  some: readonly Person[],
  rest: readonly Person[],
  of: Covariate,
  ...unmatched: readonly (readonly Person[])[]
): number | null {
  const spread = Math.sqrt(unmatched.reduce((sum, people) => sum + moments(people, of).variance, 0) / unmatched.length);
  const value = (moments(some, of).mean - moments(rest, of).mean) / spread;
  // Sums of weights leave traces of rounding where nothing differs.
  return Number.isFinite(value) ? Math.round(value * 1e9) / 1e9 : null;
}

function moments(people: readonly Person[], of: Covariate) {
  const weights = people.reduce((sum, { weight }) => sum + weight, 0);
  const mean = people.reduce((sum, person) => sum + person.weight * of(person), 0) / weights;
  const variance = people.reduce((sum, person) => sum + person.weight * (of(person) - mean) ** 2, 0) / weights;
  return { mean, variance };
}

/** The one that is farthest from 0. */
function largest(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.reduce<number | null>(
    (far, value) => (Math.abs(value) > Math.abs(far ?? 0) ? value : far),
    known[0] ?? null,
  );
}
