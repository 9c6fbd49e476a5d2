import { dateRange, isAbsoluteDate, isRelativeRange, refuseZone } from './dates.ts';
import type { Member } from './catalogue.ts';
import { clip, invalid } from './errors.ts';
import type { FilterValue, PlainCondition } from './query.ts';

interface Rule {
  /** Types of members that it applies to; all when left out. */
  types?: readonly string[];
  /** How many values it takes. */
  values: 'none' | 'one' | 'some' | 'range';
}

const like: Rule = { types: ['string'], values: 'some' };
const comparison: Rule = { types: ['number', 'string', 'time'], values: 'one' };
const range: Rule = { types: ['time'], values: 'range' };
const day: Rule = { types: ['time'], values: 'one' };
const membership: Rule = { values: 'some' };

const rules: Readonly<Record<string, Rule>> = {
  equals: membership,
  notEquals: membership,
  in: membership,
  notIn: membership,
  contains: like,
  notContains: like,
  startsWith: like,
  notStartsWith: like,
  endsWith: like,
  notEndsWith: like,
  gt: comparison,
  gte: comparison,
  lt: comparison,
  lte: comparison,
  set: { values: 'none' },
  notSet: { values: 'none' },
  inDateRange: range,
  notInDateRange: range,
  onTheDate: { types: ['time'], values: 'range' },
  beforeDate: day,
  beforeOrOnDate: day,
  afterDate: day,
  afterOrOnDate: day,
};

const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/i;

/**
 * Checks that the operator fits the member's type and its values: what does not fit would end as an error of the
 * database, or be ignored in silence.
 */
export function checkCondition({ member, operator, values = [] }: PlainCondition, { type }: Member): void {
  const rule = Object.hasOwn(rules, operator) ? rules[operator] : undefined;
  if (!rule) invalid(`Unknown filter operator "${clip(operator)}". Known: ${Object.keys(rules).join(', ')}.`);
  const what = `Filter "${operator}" on ${member}`;
  if (rule.types && !rule.types.includes(type)) invalid(`${what} does not work on a member of type ${type}.`);
  checkCount(rule, values, what);
  for (const value of values) {
    if (value === null) continue;
    if (type === 'time') refuseZone(value, what);
    if (!fits(value, type, rule)) invalid(`${what}: "${clip(String(value))}" is not ${article(type)}.`);
  }
  if (rule.values === 'range' && values.length === 2) dateRange(values, what);
}

function checkCount(rule: Rule, values: readonly FilterValue[], what: string): void {
  const given = values.filter((value) => value !== null).length;
  if (rule.values === 'none') {
    if (values.length > 0) invalid(`${what} takes no values.`);
  } else if (values.length === 0) {
    invalid(`${what} needs values.`);
  } else if (rule.values === 'one' && (values.length > 1 || given === 0)) {
    invalid(`${what} needs exactly one value.`);
  } else if (rule.values === 'range' && (values.length > 2 || given < values.length)) {
    invalid(`${what} needs one phrase such as "last month", or one or two dates.`);
  } else if (rule === like && given === 0) {
    invalid(`${what} needs text to look for.`);
  }
}

function fits(value: Exclude<FilterValue, null>, type: string, rule: Rule): boolean {
  if (type === 'time')
    return isAbsoluteDate(value) || (rule !== membership && rule !== comparison && isRelativeRange(value));
  if (type === 'number') return typeof value === 'number' || (typeof value === 'string' && number.test(value.trim()));
  if (type === 'boolean') return ['true', 'false'].includes(String(value));
  return true;
}

function article(type: string): string {
  if (type === 'time') return 'a date such as 2024-01-31';
  return type === 'boolean' ? 'true or false' : 'a number';
}
