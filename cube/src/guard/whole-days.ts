import type { FilterValue, PlainCondition, PlainFilter } from './query.ts';

/** What comparisons of a time mean. Cube compares with the bare value in UTC, whatever the query's zone. */
const inWords: Readonly<Record<string, string>> = {
  gt: 'afterDate',
  gte: 'afterOrOnDate',
  lt: 'beforeDate',
  lte: 'beforeOrOnDate',
};
/** Operators that mean the end of the day they are given. */
const endsDay = new Set(['beforeOrOnDate', 'afterDate']);
const bareDay = /^\d{4}-\d\d-\d\d$/;

/**
 * Conditions on times mean whole days, in the query's zone, where they name a day, and instants in that zone otherwise. The
 * JavaScript planner takes a bare date for its midnight, and compares plainly in UTC; it is given what it gets right.
 * @param isTime whether a member is a time; other members keep their conditions
 */
export function wholeDays(filters: readonly PlainFilter[], isTime: (member: string) => boolean): PlainFilter[] {
  return filters.map((filter) => {
    if ('and' in filter) return { and: wholeDays(filter.and, isTime) };
    if ('or' in filter) return { or: wholeDays(filter.or, isTime) };
    return isTime(filter.member) ? plainTime(filter) : filter;
  });
}

function plainTime({ member, operator, values = [] }: PlainCondition): PlainFilter {
  if (['equals', 'in'].includes(operator)) return { or: values.map((value) => at(member, value)) };
  if (['notEquals', 'notIn'].includes(operator)) return notAt(member, values);
  const date = inWords[operator] ?? operator;
  if (values.length === 0) return { member, operator: date };
  return { member, operator: date, values: endsDay.has(date) ? values.map(endOfDay) : values };
}

function at(member: string, value: FilterValue): PlainFilter {
  if (value === null) return { member, operator: 'notSet' };
  return { member, operator: 'inDateRange', values: [value, value] };
}

/** A missing time is not the given one either, unless null is among the values. */
function notAt(member: string, values: readonly FilterValue[]): PlainFilter {
  const given = values.filter((value) => value !== null);
  const others = given.map((value) => ({ member, operator: 'notInDateRange', values: [value, value] }));
  const isSet = { member, operator: given.length < values.length ? 'set' : 'notSet' };
  if (isSet.operator === 'set') return { and: [...others, isSet] };
  return { or: [{ and: others }, isSet] };
}

function endOfDay(value: FilterValue): FilterValue {
  return typeof value === 'string' && bareDay.test(value) ? `${value}T23:59:59.999` : value;
}
