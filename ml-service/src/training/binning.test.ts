import { describe, expect, test } from '@jest/globals';
import { largestFloat, matrixFromRows } from '../data/matrix.ts';
import { Random } from '../random.ts';
import { binMatrix, maxBins } from './binning.ts';

describe('binning', () => {
  test('gives each value its bin where there are few, and the missing bin 0', () => {
    const { columns, edges } = binMatrix(matrixFromRows(['a'], [[3], [1], [null], [2], [1], [0], [-0]]));
    expect([...columns[0]]).toEqual([4, 2, 0, 3, 2, 1, 1]);
    expect([...edges[0]]).toEqual([0.5, 1.5, 2.5, largestFloat]);
  });

  test('fills 255 bins about evenly where there are many values', () => {
    const random = Random.stream(1);
    const rows = Array.from({ length: 25_500 }, () => [random.normal()]);
    const { columns, edges } = binMatrix(matrixFromRows(['a'], rows));
    expect(edges[0]).toHaveLength(maxBins);
    const counts = new Array<number>(maxBins + 1).fill(0);
    for (const bin of columns[0]) counts[bin]++;
    expect(Math.max(...counts)).toBeLessThanOrEqual(102);
    expect(Math.min(...counts.slice(1))).toBeGreaterThanOrEqual(98);
  });

  test('puts a value into a bin exactly where it is not above its edge', () => {
    const random = Random.stream(2);
    const rows = Array.from({ length: 3000 }, () => [random.uniform() < 0.4 ? 0 : random.normal() * 1e-3]);
    const matrix = matrixFromRows(['a'], rows);
    const { columns, edges } = binMatrix(matrix);
    matrix.values.forEach((value, r) => {
      const bin = columns[0][r];
      expect(value <= edges[0][bin - 1]).toBe(true);
      if (bin > 1) expect(value > edges[0][bin - 2]).toBe(true);
    });
  });

  test('keeps neighbouring float32 values apart', () => {
    const next = Math.fround(1 + 2 ** -23);
    const { columns } = binMatrix(matrixFromRows(['a'], [[1], [next], [-largestFloat], [largestFloat]]));
    expect([...columns[0]]).toEqual([2, 3, 1, 4]);
  });

  test('puts a column of missing values into bin 0', () => {
    expect([...binMatrix(matrixFromRows(['a'], [[null], [NaN]])).columns[0]]).toEqual([0, 0]);
  });
});
