import { decimalsOf, finite, ratio, sumOfKnown } from './numbers';

test('takes only finite numbers for numbers', () => {
  expect([1, 0, -2.5, NaN, Infinity, -Infinity, '3', null, undefined, true].map(finite)).toEqual([
    1,
    0,
    -2.5,
    null,
    null,
    null,
    null,
    null,
    null,
    null,
  ]);
});

test('sums what is known, without losing small credits beside large ones', () => {
  expect(sumOfKnown([1e16, 1, 1, 1, 1, -1e16])).toBe(4);
  expect(sumOfKnown(Array.from({ length: 10 }, () => 0.1))).toBe(1);
  expect(sumOfKnown([null, 2, undefined])).toBe(2);
  expect(sumOfKnown([null, undefined])).toBeNull();
  expect(sumOfKnown([])).toBeNull();
});

test('has no ratio without a denominator', () => {
  expect(ratio(3, 4)).toBe(0.75);
  expect(ratio(0, 4)).toBe(0);
  expect(ratio(3, 0)).toBeNull();
  expect(ratio(null, 4)).toBeNull();
  expect(ratio(1e308, 1e-10)).toBeNull();
});

test.each([
  [12, 0],
  [1.25, 2],
  [1e21, 0],
  [1.5e-7, 8],
  [-0.333333333333, 12],
])('%p has %p decimals', (value, decimals) => {
  expect(decimalsOf(value)).toBe(decimals);
});
