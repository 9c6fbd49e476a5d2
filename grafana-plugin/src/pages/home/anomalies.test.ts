import { anomalyOf, median } from './anomalies';

test('the median of odd and even counts', () => {
  expect(median([5, 1, 3])).toBe(3);
  expect(median([4, 1, 3, 2])).toBe(2.5);
});

test('a value far from the others is an anomaly, with its robust score', () => {
  // Median 10, absolute deviations 2 1 0 0 1 2 with median 1: (16 - 10) / 1.4826.
  expect(anomalyOf('x', [8, 9, 10, 10, 11, 12, 16])).toEqual({
    name: 'x',
    value: 16,
    usual: 10,
    score: expect.closeTo(4.04694, 5),
  });
  expect(anomalyOf('x', [8, 9, 10, 10, 11, 12, 4])?.score).toBeCloseTo(-4.04694, 5);
});

test('usual values, short series, missing values and series without spread are none', () => {
  expect(anomalyOf('x', [8, 9, 10, 10, 11, 12, 15])).toBeUndefined();
  expect(anomalyOf('x', [8, 9, 10, 11, 12, 100])).toBeUndefined();
  expect(anomalyOf('x', [8, null, 9, 10, 11, 12, 100])).toBeUndefined();
  expect(anomalyOf('x', [8, 9, 10, 10, 11, 12, null])).toBeUndefined();
  expect(anomalyOf('x', [5, 5, 5, 5, 5, 5, 100])).toBeUndefined();
  expect(anomalyOf('x', [])).toBeUndefined();
});
