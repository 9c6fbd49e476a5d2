import type { MatchedSet } from './match.ts';
import { firstDayOf, type Day, type Measurement, type Member } from './members.ts';

/** Days, both ends included. */
interface Days {
  readonly from: Day;
  readonly to: Day;
}

/** A figure with the number of people that it rests on; null without any. */
export interface OfPeople {
  readonly value: number | null;
  readonly people: number;
}

export interface LungFigures {
  readonly fev1: Record<'treatedBefore' | 'treatedAfter' | 'comparatorBefore' | 'comparatorAfter', OfPeople>;
  readonly sgrq: Record<'treated' | 'comparator', OfPeople>;
}

/** The twelve months up to the index month, and the twelve after it. */
const yearBefore = (index: number): Days => ({ from: firstDayOf(index - 11), to: firstDayOf(index + 1) - 1 });
const yearAfter = (index: number): Days => ({ from: firstDayOf(index + 1), to: firstDayOf(index + 13) - 1 });

interface Person {
  readonly member: Member;
  readonly index: number;
  readonly weight: number;
}

/** How lung function and quality of life went on, in patients and their comparators. */
export function lungFigures(sets: readonly MatchedSet[]): LungFigures {
  const treated = sets.map(({ patient, index }) => ({ member: patient, index, weight: 1 }));
  const comparators = sets.flatMap(({ comparators, index }) =>
    comparators.map((member) => ({ member, index, weight: 1 / comparators.length })),
  );
  return {
    fev1: {
      treatedBefore: fev1Slope(treated, yearBefore),
      treatedAfter: fev1Slope(treated, yearAfter),
      comparatorBefore: fev1Slope(comparators, yearBefore),
      comparatorAfter: fev1Slope(comparators, yearAfter),
    },
    sgrq: { treated: sgrqChange(treated), comparator: sgrqChange(comparators) },
  };
}

function within({ member }: Person, days: Days): Measurement[] {
  return member.measurements.filter(({ on }) => on >= days.from && on <= days.to && on <= member.lastDay);
}

/** Millilitres a year by least squares within people, each with a level of their own, who were measured on two days or more. */
function fev1Slope(people: readonly Person[], window: (index: number) => Days): OfPeople {
  let crossed = 0;
  let squared = 0;
  let measured = 0;
  for (const person of people) {
    const points = within(person, window(person.index)).flatMap(({ on, fev1 }) =>
      fev1 === null ? [] : [{ year: on / 365.25, fev1 }],
    );
    if (points.length < 2) continue;
    measured++;
    const year = mean(points.map((point) => point.year));
    const level = mean(points.map((point) => point.fev1));
    for (const point of points) {
      crossed += person.weight * (point.year - year) * (point.fev1 - level);
      squared += person.weight * (point.year - year) ** 2;
    }
  }
  return { value: squared > 0 ? crossed / squared : null, people: measured };
}

/** Mean change from the last score of the year before to the last of the year after. */
function sgrqChange(people: readonly Person[]): OfPeople {
  let sum = 0;
  let weights = 0;
  let measured = 0;
  for (const person of people) {
    const last = (days: Days) => within(person, days).findLast(({ sgrq }) => sgrq !== null)?.sgrq;
    const before = last(yearBefore(person.index));
    const after = last(yearAfter(person.index));
    if (before == null || after == null) continue;
    measured++;
    sum += person.weight * (after - before);
    weights += person.weight;
  }
  return { value: weights > 0 ? sum / weights : null, people: measured };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
