import { expect, test } from '@jest/globals';
import { sliceScores } from './slices.ts';

// 100 rows of level b with 40 events where 50 are expected, 50 of a with 29 events, 2 without a level.
const levels = [...Array<string>(100).fill('b'), ...Array<string>(50).fill('a'), null, null];
const labels = Uint8Array.from(levels, (level, i) => (level === 'b' ? +(i < 40) : level === 'a' ? +(i < 129) : 1));
const probabilities = Float64Array.from(levels, () => 0.5);

test('compares what happened with what was expected, by level', () => {
  const slices = sliceScores('plan', levels, labels, probabilities);
  expect(slices.map(({ level, n, observed, expected }) => [level, n, observed, expected])).toEqual([
    ['a', 50, 29, 25],
    ['b', 100, 40, 50],
    [null, 2, 2, 1],
  ]);
  expect(slices.map(({ feature }) => feature)).toEqual(['plan', 'plan', 'plan']);
});

test('gives a ratio with its interval from 30 events on', () => {
  const [few, many] = sliceScores('plan', levels, labels, probabilities);
  expect(few.ratio).toBeNull();
  expect(many.ratio?.estimate).toBeCloseTo(0.8, 12);
  // A share of 0.4 among 100 has a standard error of 0.049, its ratio to 0.5 one of 0.098.
  expect(many.ratio?.low).toBeCloseTo(0.8 - 1.96 * 0.098, 1);
  expect(many.ratio?.high).toBeCloseTo(0.8 + 1.96 * 0.098, 1);
});

test('resamples the customers of a slice as wholes', () => {
  const groups = levels.map((_, row) => Math.floor(row / 20));
  const [, apart] = sliceScores('plan', levels, labels, probabilities);
  const [, together] = sliceScores('plan', levels, labels, probabilities, { groups });
  const width = ({ ratio }: typeof apart) => (ratio?.high ?? 0) - (ratio?.low ?? 0);
  expect(width(together)).toBeGreaterThan(2 * width(apart));
});
