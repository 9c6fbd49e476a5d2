import type { Condition, Operator } from './query';
import type { Member } from './meta';

type MemberType = NonNullable<Member['type']>;

export interface OperatorRule {
  label: string;
  /** Types of members that Cube takes it for; all when left out. */
  types?: MemberType[];
  values: 'none' | 'one' | 'many' | 'range';
}

const text: MemberType[] = ['string'];
const time: MemberType[] = ['time'];
const comparable: MemberType[] = ['number', 'string', 'time'];

export const operatorRules: Record<Operator, OperatorRule> = {
  equals: { label: 'is', values: 'many' },
  notEquals: { label: 'is not', values: 'many' },
  contains: { label: 'contains', types: text, values: 'many' },
  notContains: { label: 'does not contain', types: text, values: 'many' },
  startsWith: { label: 'starts with', types: text, values: 'many' },
  notStartsWith: { label: 'does not start with', types: text, values: 'many' },
  endsWith: { label: 'ends with', types: text, values: 'many' },
  notEndsWith: { label: 'does not end with', types: text, values: 'many' },
  gt: { label: '>', types: comparable, values: 'one' },
  gte: { label: '≥', types: comparable, values: 'one' },
  lt: { label: '<', types: comparable, values: 'one' },
  lte: { label: '≤', types: comparable, values: 'one' },
  set: { label: 'has a value', values: 'none' },
  notSet: { label: 'has no value', values: 'none' },
  inDateRange: { label: 'in the date range', types: time, values: 'range' },
  notInDateRange: { label: 'not in the date range', types: time, values: 'range' },
  onTheDate: { label: 'on the date', types: time, values: 'one' },
  beforeDate: { label: 'before', types: time, values: 'one' },
  beforeOrOnDate: { label: 'before or on', types: time, values: 'one' },
  afterDate: { label: 'after', types: time, values: 'one' },
  afterOrOnDate: { label: 'after or on', types: time, values: 'one' },
};

const selectorDates: Operator[] = ['inDateRange', 'onTheDate', 'beforeDate', 'beforeOrOnDate'];

/** Why the operator cannot be used on the member; undefined when it can, or when the member is not known. */
export function againstOperator(operator: Operator, member: Member | undefined): string | undefined {
  const { types } = operatorRules[operator];
  if (member?.type && types && !types.includes(member.type)) {
    return `For members of type ${types.join(' or ')}; this one is ${member.type}`;
  }
  if (member?.selector) {
    const fits = member.type === 'time' ? selectorDates.includes(operator) : operator === 'equals';
    return fits ? undefined : 'This member chooses what is computed: choose one value';
  }
  return undefined;
}

/** The condition with another operator, keeping what still makes sense of its values. */
export function withOperator({ member, values = [] }: Condition, operator: Operator): Condition {
  const takes = operatorRules[operator].values;
  if (takes === 'none') {
    return { member, operator };
  }
  return { member, operator, values: values.slice(0, takes === 'one' ? 1 : takes === 'range' ? 2 : undefined) };
}
