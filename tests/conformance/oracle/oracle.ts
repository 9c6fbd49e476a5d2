import { Fraction } from '../support/decimal.ts';
import type { RawData } from '../support/raw-data.ts';
import type { Granularity, Instant, Month } from '../support/zone.ts';
import { dayOf, dayText, firstDay, lastMonthOf, truncate } from '../support/zone.ts';

/** Fractions and texts must match to the last digit, numbers to nine significant ones. */
export type Value = Fraction | number | string | null;

/** Something that is counted or summed, with all that it can be sliced by. */
export interface Fact {
  /** Where it lies on the view's time dimension. */
  time?: Instant;
  dims: Record<string, string | null>;
}

/** The months that one row of an answer covers. */
export interface Period {
  first: Month;
  last: Month;
}

export type Measure<F> = (facts: readonly F[], period: Period) => Value;

/** One question to a view. Member names come without the view's. */
export interface Slice {
  dimensions?: string[];
  time?: { granularity?: Granularity; range?: [string, string] };
  /** Day whose end the figures are computed for; the newest instant when left out. */
  asOf?: string;
  /** Members that must equal a value. */
  filters?: Record<string, string>;
}

export interface Row {
  dims: Record<string, string | null>;
  values: Record<string, Value>;
}

export interface Definition<F extends Fact> {
  view: string;
  /** The view's time dimension, when it has one beside `as_of`. */
  time?: string;
  /** Filters that choose what is computed, rather than rows. */
  choices?: string[];
  /** Who may see every member; the data steward when left out. */
  role?: string;
  facts(data: RawData, at: Instant, choices: Record<string, string>): F[];
  measures: Record<string, Measure<F>>;
}

export interface Oracle {
  view: string;
  time: string | undefined;
  role: string;
  measures: string[];
  /** The rows that the view must answer with. */
  answer(data: RawData, slice: Slice): Row[];
}

/** T of a day: its last instant, or the newest as-of instant when that is earlier. */
export function instantOf(data: RawData, asOf: string | undefined): Instant {
  return asOf === undefined ? data.asOf : Math.min(data.asOf, data.zone.dayEnd(dayOf(asOf)));
}

/** Answers any slice of a view by walking through its facts; works them out once for each T. */
export function defineOracle<F extends Fact>(definition: Definition<F>): Oracle {
  const cache = new WeakMap<RawData, Map<string, F[]>>();

  const factsOf = (data: RawData, at: Instant, choices: Record<string, string>): F[] => {
    const known = cache.get(data) ?? new Map<string, F[]>();
    cache.set(data, known);
    const key = JSON.stringify([at, choices]);
    const facts = known.get(key) ?? definition.facts(data, at, choices);
    known.set(key, facts);
    return facts;
  };

  const measure = (facts: readonly F[], period: Period) =>
    Object.fromEntries(Object.entries(definition.measures).map(([name, of]) => [name, of(facts, period)]));

  return {
    view: definition.view,
    time: definition.time,
    role: definition.role ?? 'data_steward',
    measures: Object.keys(definition.measures),
    answer(data, { dimensions = [], time, asOf, filters = {} }) {
      const at = instantOf(data, asOf);
      const isChoice = (name: string) => definition.choices?.includes(name) ?? false;
      const choices = Object.fromEntries(Object.entries(filters).filter(([name]) => isChoice(name)));
      const wanted = Object.entries(filters).filter(([name]) => !isChoice(name));
      const from = time?.range ? data.zone.midnight(dayOf(time.range[0])) : -Infinity;
      const to = time?.range ? data.zone.dayEnd(dayOf(time.range[1])) : Infinity;
      const facts = factsOf(data, at, choices).filter(
        (fact) =>
          (time === undefined || (fact.time !== undefined && fact.time >= from && fact.time <= to)) &&
          wanted.every(([name, value]) => fact.dims[name] === value),
      );

      const lastMonth = data.zone.month(at);
      const months = facts.map((fact) => (fact.time === undefined ? lastMonth : data.zone.month(fact.time)));
      const whole = {
        first: time?.range ? firstMonthFrom(data, from) : least(months, lastMonth),
        last: Math.min(lastMonth, time?.range ? data.zone.month(to) : lastMonth),
      };
      const groups = new Map<string, { dims: Row['dims']; period: Period; facts: F[] }>();
      for (const fact of facts) {
        const dims: Row['dims'] = Object.fromEntries(dimensions.map((name) => [name, fact.dims[name] ?? null]));
        let period = whole;
        if (time?.granularity && fact.time !== undefined) {
          const first = truncate(data.zone.day(fact.time), time.granularity);
          dims[timeKey] = dayText(first);
          period = {
            first: Math.max(whole.first, data.zone.month(data.zone.midnight(first))),
            last: Math.min(whole.last, lastMonthOf(first, time.granularity)),
          };
        }
        const key = JSON.stringify(dims);
        const group = groups.get(key) ?? { dims, period, facts: [] };
        group.facts.push(fact);
        groups.set(key, group);
      }
      return [...groups.values()].map((group) => ({ dims: group.dims, values: measure(group.facts, group.period) }));
    },
  };
}

/** Name of the time dimension's value in a row. */
export const timeKey = '(time)';

/** First instant of a month, where a fact of a month lies. */
export function monthStart(data: RawData, month: Month): Instant {
  return data.zone.midnight(firstDay(month));
}

/** An instant as Cube writes it: to the millisecond, on the clock of the reporting zone. */
export function localText(data: RawData, at: Instant): string {
  const time = new Date(Math.floor(data.zone.timeOfDay(at) / 1000)).toISOString().slice(10, 23);
  return dayText(data.zone.day(at)) + time;
}

/** The first month that begins at an instant or after it. */
function firstMonthFrom(data: RawData, from: Instant): Month {
  const month = data.zone.month(from);
  return monthStart(data, month) < from ? month + 1 : month;
}

/** Smallest number of a list, or the fallback when it is empty. Lists may be too long for Math.min. */
function least(values: number[], fallback: number): number {
  return values.reduce((low, value) => Math.min(low, value), fallback);
}

/** A measure that counts the facts that meet a condition. */
export function count<F>(condition: (fact: F) => boolean): Measure<F> {
  return (facts) => facts.filter(condition).length;
}

/** A measure that adds up an amount of each fact. */
export function sum<F>(amount: (fact: F) => Fraction | undefined): Measure<F> {
  return (facts) => Fraction.sum(facts.map((fact) => amount(fact) ?? Fraction.zero));
}

/** A measure that counts different keys; undefined keys do not count. */
export function distinct<F>(key: (fact: F) => string | undefined): Measure<F> {
  return (facts) => new Set(facts.map(key).filter((value) => value !== undefined)).size;
}

/** The same, and null where no fact has the amount. */
export function sumOfKnown<F>(amount: (fact: F) => Fraction | undefined): Measure<F> {
  return (facts) => {
    const known = facts.map(amount).filter((value) => value !== undefined);
    return known.length === 0 ? null : Fraction.sum(known);
  };
}
