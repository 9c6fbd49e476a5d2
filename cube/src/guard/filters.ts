import { clip, invalid } from './errors.ts';
import { limits } from './limits.ts';
import type { FilterValue, PlainFilter } from './query.ts';
import { fieldsOf, listOf, memberName, type Fields } from './values.ts';

/** Counts over all filters of one query, so that many small ones cost as much as one large one. */
export interface FilterBudget {
  conditions: number;
  values: number;
}

/** Reads nested filters; too deep, too many or oddly shaped ones are refused. */
export function readFilters(value: unknown, budget: FilterBudget, depth = 1): PlainFilter[] {
  if (depth > limits.filterDepth) invalid(`filters are nested deeper than ${limits.filterDepth} levels.`);
  return listOf(value, 'filters', limits.filterConditions, (item) => readFilter(item, budget, depth));
}

function readFilter(item: unknown, budget: FilterBudget, depth: number): PlainFilter {
  budget.conditions += 1;
  if (budget.conditions > limits.filterConditions) {
    invalid(`filters have more than ${limits.filterConditions} conditions. Use one condition with several values.`);
  }
  const fields = fieldsOf(item, 'A filter', ['member', 'dimension', 'operator', 'values', 'and', 'or']);
  const keys = Object.keys(fields);
  if (keys.length === 1 && 'and' in fields) return { and: readFilters(fields['and'], budget, depth + 1) };
  if (keys.length === 1 && 'or' in fields) return { or: readFilters(fields['or'], budget, depth + 1) };
  return readCondition(fields, budget);
}

function readCondition(fields: Fields, budget: FilterBudget): PlainFilter {
  const { member, dimension, operator, values } = fields;
  if ('and' in fields || 'or' in fields) invalid('A filter is either a condition, or "and", or "or".');
  if (member !== undefined && dimension !== undefined) invalid('A filter names one member.');
  if (typeof operator !== 'string') invalid('A filter needs an operator.');
  const condition = { member: memberName(member ?? dimension, 'filters'), operator };
  if (values === undefined) return condition;
  const list = listOf(values, 'Filter values', limits.filterValues, readValue);
  budget.values += list.length;
  if (budget.values > limits.filterValues) invalid(`filters have more than ${limits.filterValues} values in all.`);
  return { ...condition, values: list };
}

function readValue(value: unknown): FilterValue {
  if (value === null || typeof value === 'boolean') return value;
  // Cube refuses numbers that a double does not hold exactly, with an error of its own.
  if (typeof value === 'number' && Number.isFinite(value)) {
    return Math.abs(value) > Number.MAX_SAFE_INTEGER ? String(value) : value;
  }
  if (typeof value !== 'string') invalid('Filter values must be text, numbers, true, false or null.');
  if (value.length > limits.valueLength) invalid(`A filter value is longer than ${limits.valueLength} characters.`);
  // Postgres has no such character in text.
  if (value.includes('\0')) invalid(`The filter value "${clip(value.replaceAll('\0', ''))}" holds a null character.`);
  return value;
}
