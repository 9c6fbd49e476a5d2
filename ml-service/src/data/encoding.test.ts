import { describe, expect, test } from '@jest/globals';
import { encodeRows, fitEncoding, type FeatureSpec } from './encoding.ts';
import { DataError, largestFloat, matrixFromRows } from './matrix.ts';

const specs: FeatureSpec[] = [
  { name: 'age', kind: 'number' },
  { name: 'active', kind: 'boolean' },
  { name: 'plan', kind: 'category' },
];
const encoding = fitEncoding(specs, [{ plan: 'year' }, { plan: 'month' }, { plan: null }, {}]);

describe('encoding', () => {
  test('makes a column of each level, in order, and remembers the feature', () => {
    expect(encoding.columns).toEqual(['age', 'active', 'plan=month', 'plan=year']);
    expect(encoding.featureOfColumn).toEqual([0, 1, 2, 2]);
  });

  test('keeps missing missing and unknown levels at 0', () => {
    const { values } = encodeRows(encoding, [
      { age: 5, active: true, plan: 'year' },
      { age: null },
      { active: false, plan: 'week' },
    ]);
    expect([...values]).toEqual([5, 1, 0, 1, NaN, NaN, NaN, NaN, NaN, 0, 0, 0]);
  });

  test.each([
    [{ age: 'x' }, 'Feature age of row 0 must be a number'],
    [{ age: Infinity }, 'Feature age of row 0 is infinite'],
    [{ active: 1 }, 'Feature active of row 0 must be true or false'],
    [{ plan: 3 }, 'Feature plan of row 0 must be a text'],
  ])('refuses %j', (row, message) => {
    expect(() => encodeRows(encoding, [row])).toThrow(DataError);
    expect(() => encodeRows(encoding, [row])).toThrow(message);
  });

  test('bounds numbers beyond float32', () => {
    const bounded = encodeRows(encoding, [{ age: 1e300 }, { age: -1e39 }]).values;
    expect([bounded[0], bounded[4]]).toEqual([largestFloat, -largestFloat]);
  });
});

describe('matrix', () => {
  test('refuses rows of another length, infinite values and equal names', () => {
    expect(() => matrixFromRows(['a', 'b'], [[1]])).toThrow('Row 0 has 1 values; 2 features');
    expect(() => matrixFromRows(['a'], [[1], [-Infinity]])).toThrow('Feature a of row 1 is infinite');
    expect(() => matrixFromRows(['a', 'a'], [])).toThrow('same name');
  });
});
