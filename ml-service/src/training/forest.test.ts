import { describe, expect, jest, test } from '@jest/globals';
import { synthesize } from '../../test-support/synthetic.ts';
import { DataError, largestFloat, matrixFromRows, type LabelledData } from '../data/matrix.ts';
import { calibrationError, rocAuc } from '../evaluation/scores.ts';
import { marginsOf } from '../model/margin-model.ts';
import { forestDefaults, trainForest } from './forest.ts';
import type { Progress } from './interruption.ts';

// A busy machine must not fail them.
jest.setTimeout(120_000);

const data = synthesize({ rows: 3000, columns: 8, seed: 1 });
const fresh = synthesize({ rows: 3000, columns: 8, seed: 2 });

function labelled(rows: (number | null)[][], labels: number[]): LabelledData {
  return {
    features: matrixFromRows(
      (rows[0] ?? [0]).map((_, c) => `x${c}`),
      rows,
    ),
    labels: Uint8Array.from(labels),
  };
}

describe('random forest', () => {
  test('has the defaults 100 trees, depth 10, minimum split 10', () => {
    expect(forestDefaults).toMatchObject({ trees: 100, maxDepth: 10, minSplit: 10, featuresPerNode: null });
  });

  test('learns what the features tell', async () => {
    const model = await trainForest(data, { trees: 50 });
    expect(rocAuc(fresh.labels, marginsOf(model, fresh.features))).toBeGreaterThan(0.86);
  });

  test('is the same for the same seed and another for another', async () => {
    const [a, b, c] = await Promise.all([1, 1, 2].map((seed) => trainForest(data, { trees: 5, seed })));
    expect(a).toEqual(b);
    expect(a).not.toEqual(c);
  });

  test('keeps to depth and minimum split', async () => {
    const model = await trainForest(data, { trees: 3, maxDepth: 4, minSplit: 200 });
    for (const tree of model.trees) {
      expect(tree.feature.length).toBeLessThanOrEqual(2 ** 5 - 1);
      tree.feature.forEach((feature, node) => {
        if (feature >= 0) expect(tree.cover[node]).toBeGreaterThanOrEqual(200);
      });
    }
  });

  test('parts its covers among the children', async () => {
    const { trees } = await trainForest(data, { trees: 3, positiveWeight: 3 });
    for (const tree of trees) {
      expect(tree.cover[0]).toBe(data.labels.length);
      tree.feature.forEach((feature, node) => {
        if (feature >= 0) expect(tree.cover[tree.left[node]] + tree.cover[tree.right[node]]).toBe(tree.cover[node]);
      });
    }
  });

  test('learns where missing values belong', async () => {
    const rows = Array.from({ length: 400 }, (_, i) => [i % 2 === 0 ? null : (i % 20) - 10]);
    const outcome = rows.map(([value], i) => (value === null || value > 3 ? 1 : i % 10 === 1 ? 1 : 0));
    const model = await trainForest(labelled(rows, outcome), { trees: 20 });
    const [missing, low, high] = marginsOf(model, matrixFromRows(['x0'], [[null], [-5], [9]]));
    expect(missing).toBeGreaterThan(0.95);
    expect(high).toBeGreaterThan(0.95);
    expect(low).toBeLessThan(0.4);
  });

  test('parts the missing from all others where only they differ', async () => {
    const rows = Array.from({ length: 100 }, (_, i) => [i % 4 === 0 ? null : i]);
    const model = await trainForest(
      labelled(
        rows,
        rows.map(([value]) => (value === null ? 1 : 0)),
      ),
      { trees: 5 },
    );
    const [missing, low, high] = marginsOf(model, matrixFromRows(['x0'], [[null], [-largestFloat], [largestFloat]]));
    expect(missing).toBeCloseTo(1, 6);
    expect(low).toBe(0);
    expect(high).toBe(0);
  });

  test('a weight on events keeps the probabilities calibrated', async () => {
    const rare = synthesize({ rows: 6000, columns: 6, seed: 5, shift: -3 });
    const later = synthesize({ rows: 6000, columns: 6, seed: 6, shift: -3 });
    const model = await trainForest(rare, { trees: 60, positiveWeight: 10, minLeaf: 20 });
    const predictions = marginsOf(model, later.features);
    expect(calibrationError(later.labels, predictions)).toBeLessThan(0.03);
    expect(rocAuc(later.labels, predictions)).toBeGreaterThan(0.85);
  });

  test('copes with constant features and huge values', async () => {
    const rows = Array.from({ length: 100 }, (_, i) => [5, i < 50 ? -1e300 : 1e300, null]);
    const model = await trainForest(
      labelled(
        rows,
        rows.map((_, i) => (i < 50 ? 0 : 1)),
      ),
      { trees: 10 },
    );
    const [low, high] = marginsOf(model, matrixFromRows(['x0', 'x1', 'x2'], [rows[0], rows[99]]));
    expect(low).toBe(0);
    expect(high).toBeCloseTo(1, 6);
  });

  test('of constant features alone gives the base rate', async () => {
    const rows = Array.from({ length: 1000 }, () => [1, 2]);
    const model = await trainForest(
      labelled(
        rows,
        rows.map((_, i) => (i % 4 === 0 ? 1 : 0)),
      ),
    );
    expect(marginsOf(model, matrixFromRows(['x0', 'x1'], [[1, 2]]))[0]).toBeCloseTo(0.25, 1);
    expect(model.trees.every((tree) => tree.feature.length === 1)).toBe(true);
  });

  test('trains on two rows', async () => {
    const model = await trainForest(labelled([[1], [2]], [0, 1]), { trees: 10 });
    expect(model.trees).toHaveLength(10);
  });

  test.each([
    ['no rows', labelled([], []), 'no rows'],
    ['one row', labelled([[1]], [1]), 'both classes are needed'],
    ['one class', labelled([[1], [2], [3]], [0, 0, 0]), 'All 3 rows are of class 0'],
    ['a wrong label', labelled([[1], [2]], [0, 2]), 'label of row 1 is 2'],
    ['too few labels', labelled([[1], [2]], [0]), '2 rows need 2 labels'],
    [
      'an infinite value',
      {
        features: { names: ['a', 'b'], rows: 2, values: Float32Array.of(1, 2, 3, -Infinity) },
        labels: Uint8Array.of(0, 1),
      },
      'Feature b of row 1 is infinite',
    ],
    [
      'no features',
      { features: { names: [], rows: 2, values: new Float32Array(0) }, labels: Uint8Array.of(0, 1) },
      'no features',
    ],
  ])('refuses %s', async (_, bad, message) => {
    const failure = trainForest(bad);
    await expect(failure).rejects.toThrow(DataError);
    await expect(failure).rejects.toThrow(message);
  });

  test.each([{ trees: 0 }, { maxDepth: 1.5 }, { positiveWeight: -1 }, { minLeaf: NaN }])(
    'refuses the options %j',
    async (options) => {
      await expect(trainForest(data, options)).rejects.toThrow(RangeError);
    },
  );

  test('reports progress and stops when aborted', async () => {
    const controller = new AbortController();
    const seen: Progress[] = [];
    const training = trainForest(
      data,
      { trees: 100 },
      {
        signal: controller.signal,
        onProgress: (progress) => {
          seen.push(progress);
          if (progress.done === 3) controller.abort(new Error('stopped by hand'));
        },
      },
    );
    await expect(training).rejects.toThrow('stopped by hand');
    expect(seen.map(({ done }) => done)).toEqual([1, 2, 3]);
  });
});
