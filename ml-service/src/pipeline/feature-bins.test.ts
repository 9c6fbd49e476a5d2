import { expect, test } from '@jest/globals';
import { binFeature } from './feature-bins.ts';

const rowsOf = (values: readonly (number | string | boolean | null)[]) => values.map((value) => ({ x: value }));

test('a number has tenths, its missing values apart', () => {
  const values = Array.from({ length: 20 }, (_, i) => 20 - i);
  const bins = binFeature({ name: 'x', kind: 'number' }, rowsOf([null, ...values, null, null]));
  expect(bins.map(({ bin, upperBound, rows }) => [bin, upperBound, rows])).toEqual([
    [0, null, 3],
    ...[2, 4, 6, 8, 10, 12, 14, 16, 18].map((bound, i) => [i + 1, bound, 2]),
    [10, null, 2],
  ]);
});

test('equal numbers stay together', () => {
  const bins = binFeature({ name: 'x', kind: 'number' }, rowsOf([...Array<number>(7).fill(0), 1, 2, 3]));
  expect(bins.map(({ upperBound, rows }) => [upperBound, rows])).toEqual([
    [null, 0],
    [0, 7],
    [1, 1],
    [2, 1],
    [null, 1],
  ]);
});

test.each([
  ['one value', [5, 5, 5], 3],
  ['none', [null, null], 0],
])('of %s there is one bin without a limit', (_, values, rows) => {
  const bins = binFeature({ name: 'x', kind: 'number' }, rowsOf(values));
  expect(bins.slice(1)).toEqual([{ feature: 'x', bin: 1, level: null, upperBound: null, rows }]);
});

test('a category has its levels and one bin for others', () => {
  const bins = binFeature({ name: 'x', kind: 'category' }, rowsOf(['b', 'a', 'b', null]));
  expect(bins.map(({ bin, level, rows }) => [bin, level, rows])).toEqual([
    [0, null, 1],
    [1, 'a', 1],
    [2, 'b', 2],
    [3, null, 0],
  ]);
});
