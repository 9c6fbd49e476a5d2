import { expect, test } from '@jest/globals';
import { catalogueOf, memberOf, type Member } from './catalogue.ts';
import type { PlainQuery } from './query.ts';
import { checkSelectors } from './selectors.ts';

const member = (type: string, isSelector: boolean, choices?: (string | number)[]): Member => ({
  kind: 'dimension',
  type,
  granularities: [],
  isSelector,
  isPast: false,
  ...(choices ? { choices } : {}),
});
const members: Record<string, Member> = {
  'v.as_of': member('time', true),
  'v.lookback': member('number', true, [7, 30]),
  'v.conversion': member('string', true, ['sign_up']),
  'v.channel': member('string', false),
};
const check = (query: PlainQuery) => () => checkSelectors(query, (name) => members[name] ?? member('string', false));
const condition = (name: string, operator: string, ...values: string[]) => ({ member: name, operator, values });

test('one plain choice passes', () => {
  expect(check({ timeDimensions: [{ dimension: 'v.as_of', dateRange: ['2026-01-31'] }] })).not.toThrow();
  expect(check({ filters: [condition('v.as_of', 'beforeOrOnDate', '2026-01-31')] })).not.toThrow();
  expect(check({ filters: [condition('v.lookback', 'equals', '7')] })).not.toThrow();
  expect(check({ filters: [condition('v.lookback', 'equals', '30.0')] })).not.toThrow();
  expect(check({ filters: [condition('v.conversion', 'equals', 'sign_up')] })).not.toThrow();
  expect(
    check({ filters: [{ or: [condition('v.channel', 'equals', 'a'), condition('v.channel', 'set')] }] }),
  ).not.toThrow();
});

test.each<[string, PlainQuery]>([
  ['not inside "or"', { filters: [{ or: [condition('v.lookback', 'equals', '7'), condition('v.channel', 'set')] }] }],
  ['with one value', { filters: [condition('v.lookback', 'equals', '7', '90')] }],
  ['with one value', { filters: [condition('v.lookback', 'notEquals', '7')] }],
  ['with one value', { filters: [condition('v.lookback', 'notSet')] }],
  ['cannot be "45". Choose one of: 7, 30.', { filters: [condition('v.lookback', 'equals', '45')] }],
  ['cannot be "Sign_up". Choose one of: sign_up.', { filters: [condition('v.conversion', 'equals', 'Sign_up')] }],
  ['chosen by a dateRange', { filters: [condition('v.as_of', 'equals', '2026-01-31')] }],
  ['chosen by a dateRange', { filters: [condition('v.as_of', 'afterDate', '2026-01-31')] }],
  [
    'chosen twice',
    {
      timeDimensions: [{ dimension: 'v.as_of', dateRange: ['2026-01-31'] }],
      filters: [condition('v.as_of', 'inDateRange', '2026-02-28')],
    },
  ],
])('refused: %s', (message, query) => {
  expect(check(query)).toThrow(message);
});

test('the model says what can be chosen', () => {
  const dimensions = [{ name: 'v.days', type: 'number', isVisible: true, meta: { selector: true, choices: [7, 30] } }];
  const catalogue = catalogueOf([{ config: { name: 'v', type: 'view', dimensions } }]);
  expect(memberOf(catalogue, 'v.days')).toMatchObject({ isSelector: true, choices: [7, 30] });
});
