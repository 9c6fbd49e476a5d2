import type { Feature } from './churn';
import { choicesOf, missingChoice, readFeature } from './featureInput';

const feature = (change: Partial<Feature>): Feature => ({
  name: 'x',
  title: 'X',
  description: '',
  type: 'number',
  unit: null,
  minimum: 0,
  maximum: 10,
  levels: null,
  ...change,
});

test.each([
  [feature({}), ' 5 ', { value: 5 }],
  [feature({}), '0', { value: 0 }],
  [feature({}), '', { value: null }],
  [feature({}), '11', { problem: 'range' }],
  [feature({}), '-1', { problem: 'range' }],
  [feature({ minimum: null, maximum: null }), '-1e9', { value: -1e9 }],
  [feature({}), 'many', { problem: 'number' }],
  [feature({}), 'Infinity', { problem: 'number' }],
  [feature({ type: 'boolean' }), 'true', { value: true }],
  [feature({ type: 'boolean' }), 'false', { value: false }],
  [feature({ type: 'boolean' }), 'yes', { problem: 'choice' }],
  [feature({ type: 'category', levels: ['a', 'b'] }), 'b', { value: 'b' }],
  [feature({ type: 'category', levels: ['a', 'b'] }), 'c', { problem: 'choice' }],
  [feature({ type: 'category', levels: ['a'] }), missingChoice, { value: null }],
])('%j reads %j as %j', (one, text, reading) => {
  expect(readFeature(one, text)).toEqual(reading);
});

test('choices are offered where there are any', () => {
  expect(choicesOf(feature({}))).toBeUndefined();
  expect(choicesOf(feature({ type: 'boolean' }))).toEqual(['true', 'false', missingChoice]);
  expect(choicesOf(feature({ type: 'category', levels: ['a'] }))).toEqual(['a', missingChoice]);
});
