import type { PlainFilter } from './query.ts';

/** Operators that mean the end of the day they are given. */
const endsDay = new Set(['beforeOrOnDate', 'afterDate']);
const bareDay = /^\d{4}-\d\d-\d\d$/;

/**
 * "Before or on" and "after" a day mean the whole day. The JavaScript planner takes a bare date for its midnight, and
 * so leaves the day out, or in; it is given the day's last millisecond instead.
 */
export function wholeDays(filters: readonly PlainFilter[]): PlainFilter[] {
  return filters.map((filter) => {
    if ('and' in filter) return { and: wholeDays(filter.and) };
    if ('or' in filter) return { or: wholeDays(filter.or) };
    if (!endsDay.has(filter.operator) || !filter.values) return filter;
    const values = filter.values.map((value) =>
      typeof value === 'string' && bareDay.test(value) ? `${value}T23:59:59.999` : value,
    );
    return { ...filter, values };
  });
}
