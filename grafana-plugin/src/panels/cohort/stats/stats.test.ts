import { benjaminiHochberg } from './benjaminiHochberg';
import { differenceOf, newcombe, newcombeP, pFromInterval } from './newcombe';
import { twoSidedP, Z95 } from './normal';
import { wilson } from './wilson';

// Expected values come from statsmodels 0.14 and scipy (proportion_confint, confint_proportions_2indep, multipletests,
// norm.sf); those of 56/70 against 48/80 and of 9/10 against 3/10 stand in Newcombe's paper too.

test.each([
  [0, 1],
  [0.5, 0.6170750774519738],
  [1, 0.31731050786291415],
  [Z95, 0.05],
  [2.5, 0.012419330651552265],
  [3.2, 0.0013742758758316942],
  [4, 6.334248366623973e-5],
  [6, 1.973175290075389e-9],
  [10, 1.523970604832094e-23],
])('two-sided p of z = %d', (z, p) => {
  expect(twoSidedP(z) / p).toBeCloseTo(1, 10);
});

test.each([
  [0, 10, 0, 0.277532799863],
  [10, 10, 0.722467200137, 1],
  [43, 120, 0.278160790503, 0.447294639982],
  [1, 1000, 0.000176546371, 0.005642558598],
  [900, 1203, 0.722836501784, 0.771843222414],
])('Wilson interval of %d of %d', (successes, trials, lower, upper) => {
  const interval = wilson(successes, trials);
  expect(interval?.lower).toBeCloseTo(lower, 11);
  expect(interval?.upper).toBeCloseTo(upper, 11);
});

test.each([
  [0, 0],
  [-1, 10],
  [11, 10],
  [NaN, 10],
  [1, Infinity],
])('%d of %d is no proportion', (successes, trials) => {
  expect(wilson(successes, trials)).toBeNull();
});

test.each([
  [56, 70, 48, 80, 0.052431472402, 0.333872654037, 0.008133140358606803],
  [9, 10, 3, 10, 0.170522723935, 0.809017973535, 0.004963401417510205],
  [10, 10, 0, 20, 0.679086037142, 1, 4.507819560052457e-9],
  [432, 1203, 2100, 5200, -0.07454867964, -0.014197204857, 0.0042497288856675535],
])("Newcombe's interval of %d/%d against %d/%d, and its p", (a, m, b, n, lower, upper, p) => {
  const first = { successes: a, trials: m };
  const second = { successes: b, trials: n };
  const interval = newcombe(first, second);
  expect(interval?.difference).toBeCloseTo(a / m - b / n, 12);
  expect(interval?.lower).toBeCloseTo(lower, 10);
  expect(interval?.upper).toBeCloseTo(upper, 10);
  expect((newcombeP(first, second) ?? NaN) / p).toBeCloseTo(1, 5);
});

test('equal proportions do not differ at any level', () => {
  expect(newcombeP({ successes: 5, trials: 10 }, { successes: 50, trials: 100 })).toBe(1);
  expect(newcombeP({ successes: 5, trials: 0 }, { successes: 50, trials: 100 })).toBeNull();
});

test('given limits are combined as squares, and p is 5% where a limit touches 0', () => {
  const difference = differenceOf({ value: 0.5, lower: 0.47, upper: 0.54 }, { value: 0.45, lower: 0.42, upper: 0.49 });
  expect(difference.lower).toBeCloseTo(0.05 - Math.sqrt(0.03 ** 2 + 0.04 ** 2), 12);
  expect(difference.upper).toBeCloseTo(0.05 + Math.sqrt(0.04 ** 2 + 0.03 ** 2), 12);
  expect(pFromInterval(difference)).toBeCloseTo(0.05, 12);
});

test('p values adjusted for the false discovery rate', () => {
  const adjusted = benjaminiHochberg([0.01, 0.04, 0.03, 0.005, 0.55, 0.2]);
  [0.03, 0.06, 0.06, 0.03, 0.55, 0.24].forEach((value, index) => expect(adjusted[index]).toBeCloseTo(value, 12));
  expect(benjaminiHochberg([])).toEqual([]);
});
