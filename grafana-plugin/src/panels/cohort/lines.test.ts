import { linePaths, position, shownRange, ticks } from './lines';
import { modelOf } from './testSupport';

test.each([
  [0, 1, 6, [0, 0.2, 0.4, 0.6, 0.8, 1]],
  [0, 1234, 6, [0, 500, 1000]],
  [-3, 3, 6, [-3, -2, -1, 0, 1, 2, 3]],
  [0, 0.3, 3, [0, 0.1, 0.2, 0.3]],
  [5, 5, 6, [5]],
  [0, 1e300, 2, [0, 5e299, 1e300]],
])('ticks from %d to %d', (from, to, most, expected) => {
  const found = ticks(from, to, most);
  expect(found).toHaveLength(expected.length);
  found.forEach((value, index) => expect(value / (expected[index] || 1)).toBeCloseTo(expected[index] ? 1 : 0, 12));
});

test('positions run from start to end, and a range of one value lies in the middle', () => {
  expect(position(5, { from: 0, to: 10, start: 100, end: 0 })).toBe(50);
  expect(position(3, { from: 3, to: 3, start: 0, end: 10 })).toBe(5);
});

test('a line is solid while periods have ended, and goes on as unfinished', () => {
  const { cohorts, periods } = modelOf([{ cohort: 'A', size: 10, retained: [10, 5, 4], unfinished: 1 }]);
  const [cohort] = cohorts;
  const x = { from: 0, to: 2, start: 0, end: 20 };
  const y = { from: 0, to: 1, start: 10, end: 0 };
  expect(cohort && linePaths(cohort, periods, x, y)).toEqual({
    ended: 'M0.0 0.0L10.0 5.0',
    unfinished: 'M10.0 5.0L20.0 6.0',
  });
});

test('the range of heights has 0 in it', () => {
  expect(shownRange(modelOf([{ cohort: 'A', size: 10, retained: [10, 5] }]).cohorts)).toEqual({ from: 0, to: 1 });
  expect(shownRange([])).toEqual({ from: 0, to: 1 });
});
