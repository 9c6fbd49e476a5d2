import { Random } from '../random.ts';
import { fewest, retained, type Retained } from './resample.ts';
import type { Subscriber } from './subscriber.ts';

/** A cohort so many months after its first; of all first months together where none is named. */
export interface Cell extends Retained {
  readonly split: string;
  readonly cohort: string;
  readonly cohortMonth: string | null;
  readonly period: number;
}

/** What subscribers are split by, and what each of them then is. */
const splits: Readonly<Record<string, (subscriber: Subscriber) => string | null>> = {
  all: () => 'all',
  genotype: ({ genotype }) => genotype,
  payer_type: ({ payerType }) => payerType,
  insurance: ({ payerType }) => payerType && (payerType === 'self_pay' ? 'self_pay' : 'insured'),
  state: ({ state }) => state,
  channel: ({ channel }) => channel,
};

const seed = 42;

/**
 * Every cohort of every split, by its first month and of all first months together. Of parts only the cells that are large
 * enough for an interval: the others would be many, and say nothing.
 */
export function cellsOf(subscribers: readonly Subscriber[]): Cell[] {
  return allCells(subscribers).filter(({ split, customers }) => split === 'all' || customers >= fewest);
}

function allCells(subscribers: readonly Subscriber[]): Cell[] {
  return Object.entries(splits).flatMap(([split, of]) => {
    const cohorts = groupBy(subscribers, (subscriber) => of(subscriber) ?? 'unknown');
    return [...cohorts].flatMap(([cohort, members]) => {
      const months = groupBy(members, ({ cohortMonth }) => cohortMonth);
      return [[null, members] as const, ...months].flatMap(([cohortMonth, own]) =>
        // A stream for each cohort: one that comes or goes changes no interval of another.
        retained(own, Random.stream(seed, hash(`${split} ${cohort} ${cohortMonth ?? ''}`))).map((cell, period) => ({
          split,
          cohort,
          cohortMonth,
          period,
          ...cell,
        })),
      );
    });
  });
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

/** 32 bits of a text (FNV-1a). */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value | 0;
}
