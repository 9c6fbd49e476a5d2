import type { Member } from './meta';
import { againstOperator, operatorRules, withOperator } from './operators';
import { operators, type Operator } from './query';

const member = (part: Partial<Member>): Member => ({ name: 'v.x', title: 'X', shortTitle: 'X', ...part });

test('every operator has a rule', () => {
  expect(Object.keys(operatorRules).sort()).toEqual([...operators].sort());
});

test.each<[Operator, Partial<Member>, string | undefined]>([
  ['equals', { type: 'number' }, undefined],
  ['contains', { type: 'string' }, undefined],
  ['contains', { type: 'number' }, 'type string'],
  ['gt', { type: 'boolean' }, 'this one is boolean'],
  ['beforeDate', { type: 'time' }, undefined],
  ['beforeDate', { type: 'string' }, 'type time'],
  ['equals', { type: 'number', selector: true }, undefined],
  ['notEquals', { type: 'number', selector: true }, 'choose one value'],
  ['inDateRange', { type: 'time', selector: true }, undefined],
  ['afterDate', { type: 'time', selector: true }, 'choose one value'],
  ['contains', {}, undefined],
])('%s on %j', (operator, part, reason) => {
  const against = againstOperator(operator, member(part));
  if (reason === undefined) {
    expect(against).toBeUndefined();
  } else {
    expect(against).toContain(reason);
  }
});

test('a change of operator keeps the values that it takes', () => {
  const condition = { member: 'v.x', operator: 'equals' as const, values: ['a', 'b', 'c'] };
  expect(withOperator(condition, 'set')).toEqual({ member: 'v.x', operator: 'set' });
  expect(withOperator(condition, 'gt')).toEqual({ member: 'v.x', operator: 'gt', values: ['a'] });
  expect(withOperator(condition, 'inDateRange').values).toEqual(['a', 'b']);
  expect(withOperator(condition, 'notEquals').values).toEqual(['a', 'b', 'c']);
  expect(withOperator({ member: 'v.x', operator: 'set' }, 'equals').values).toEqual([]);
});
