import { t } from '../i18n/t';
import type { Condition, Operator } from './query';
import type { Member } from './meta';

type MemberType = NonNullable<Member['type']>;

export interface OperatorRule {
  /** Types of members that Cube takes it for; all when left out. */
  types?: MemberType[];
  values: 'none' | 'one' | 'many' | 'range';
}

const text: MemberType[] = ['string'];
const time: MemberType[] = ['time'];
const comparable: MemberType[] = ['number', 'string', 'time'];

export const operatorRules: Record<Operator, OperatorRule> = {
  equals: { values: 'many' },
  notEquals: { values: 'many' },
  contains: { types: text, values: 'many' },
  notContains: { types: text, values: 'many' },
  startsWith: { types: text, values: 'many' },
  notStartsWith: { types: text, values: 'many' },
  endsWith: { types: text, values: 'many' },
  notEndsWith: { types: text, values: 'many' },
  gt: { types: comparable, values: 'one' },
  gte: { types: comparable, values: 'one' },
  lt: { types: comparable, values: 'one' },
  lte: { types: comparable, values: 'one' },
  set: { values: 'none' },
  notSet: { values: 'none' },
  inDateRange: { types: time, values: 'range' },
  notInDateRange: { types: time, values: 'range' },
  onTheDate: { types: time, values: 'one' },
  beforeDate: { types: time, values: 'one' },
  beforeOrOnDate: { types: time, values: 'one' },
  afterDate: { types: time, values: 'one' },
  afterOrOnDate: { types: time, values: 'one' },
};

/** What the operators are called. */
export const operatorLabels = (): Record<Operator, string> => ({
  equals: t('operators.equals', 'is'),
  notEquals: t('operators.not-equals', 'is not'),
  contains: t('operators.contains', 'contains'),
  notContains: t('operators.not-contains', 'does not contain'),
  startsWith: t('operators.starts-with', 'starts with'),
  notStartsWith: t('operators.not-starts-with', 'does not start with'),
  endsWith: t('operators.ends-with', 'ends with'),
  notEndsWith: t('operators.not-ends-with', 'does not end with'),
  gt: '>',
  gte: '≥',
  lt: '<',
  lte: '≤',
  set: t('operators.set', 'has a value'),
  notSet: t('operators.not-set', 'has no value'),
  inDateRange: t('operators.in-date-range', 'in the date range'),
  notInDateRange: t('operators.not-in-date-range', 'not in the date range'),
  onTheDate: t('operators.on-the-date', 'on the date'),
  beforeDate: t('operators.before-date', 'before'),
  beforeOrOnDate: t('operators.before-or-on-date', 'before or on'),
  afterDate: t('operators.after-date', 'after'),
  afterOrOnDate: t('operators.after-or-on-date', 'after or on'),
});

const selectorDates: Operator[] = ['inDateRange', 'onTheDate', 'beforeDate', 'beforeOrOnDate'];

/** Why the operator cannot be used on the member; undefined when it can, or when the member is not known. */
export function againstOperator(operator: Operator, member: Member | undefined): string | undefined {
  const { types } = operatorRules[operator];
  if (member?.type && types && !types.includes(member.type)) {
    const either = (one: string, other: string) => t('against.or', '{{one}} or {{other}}', { one, other });
    return t('against.type', 'For members of type {{types}}; this one is {{type}}', {
      types: types.map(String).reduce(either),
      type: member.type,
    });
  }
  if (member?.selector) {
    const fits = member.type === 'time' ? selectorDates.includes(operator) : operator === 'equals';
    return fits ? undefined : t('against.one-value', 'This member chooses what is computed: choose one value');
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
