import { expect, test } from '@jest/globals';
import type { FilterValue } from './query.ts';
import { wholeDays } from './whole-days.ts';

const rewritten = (operator: string, ...values: FilterValue[]) =>
  wholeDays([{ and: [{ member: 'v.t', operator, values }] }], (name) => name === 'v.t');
const range = (operator: string, day: string) => ({ member: 'v.t', operator, values: [day, day] });
const isNull = { member: 'v.t', operator: 'notSet' };

test('a missing time equals no day, and differs from each', () => {
  expect(rewritten('equals', '2024-01-02', null)).toEqual([
    { and: [{ or: [range('inDateRange', '2024-01-02'), isNull] }] },
  ]);
  expect(rewritten('notEquals', '2024-01-02')).toEqual([
    { and: [{ or: [{ and: [range('notInDateRange', '2024-01-02')] }, isNull] }] },
  ]);
  expect(rewritten('notIn', '2024-01-02', null)).toEqual([
    { and: [{ and: [range('notInDateRange', '2024-01-02'), { member: 'v.t', operator: 'set' }] }] },
  ]);
});

test('a bare day ends with its last millisecond, an instant stays', () => {
  expect(rewritten('lte', '2024-01-02')).toEqual([
    { and: [{ member: 'v.t', operator: 'beforeOrOnDate', values: ['2024-01-02T23:59:59.999'] }] },
  ]);
  expect(rewritten('gt', '2024-01-02T10:00:00')).toEqual([
    { and: [{ member: 'v.t', operator: 'afterDate', values: ['2024-01-02T10:00:00'] }] },
  ]);
});

test('members that are no times keep their conditions', () => {
  const filters = [{ member: 'v.name', operator: 'equals', values: ['2024-01-02'] }];
  expect(wholeDays(filters, () => false)).toEqual(filters);
});
