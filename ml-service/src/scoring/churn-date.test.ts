import { expect, test } from '@jest/globals';
import { predictedChurnDate } from './churn-date.ts';

const snapshot = new Date('2026-01-31T00:00:00Z');
const monthly = ['2026-02-10', '2026-03-10', '2026-04-10'].map((day) => new Date(day));

test.each([
  // Half have left after 90 ln 2 / -ln(1 - p) days: 90, 88.1, 68.1, 36.4, 20.8 and 0
  [0.5, null],
  [0.5075, null],
  [0.6, '2026-04-10'],
  [0.82, '2026-03-10'],
  [0.95, '2026-03-10'],
  [1, '2026-02-10'],
  [NaN, null],
])('of %p is %p', (probability, day) => {
  expect(predictedChurnDate(probability, snapshot, monthly)).toEqual(day === null ? null : new Date(day));
});

test('is unknown where the paid period ends beyond 90 days', () => {
  expect(predictedChurnDate(0.99, snapshot, [])).toBeNull();
});
