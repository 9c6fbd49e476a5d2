import { describe, expect, jest, test } from '@jest/globals';
import { readFixture } from '../../test-support/fixtures.ts';
import { synthesize } from '../../test-support/synthetic.ts';
import { matrixFromRows } from '../data/matrix.ts';
import { marginsOf, type TreeEnsemble } from '../model/margin-model.ts';
import { trainBoosting } from '../training/boosting.ts';
import { trainForest } from '../training/forest.ts';
import { TreeExplainer } from './tree-shap.ts';

// A busy machine must not fail them.
jest.setTimeout(120_000);

interface ShapCase {
  source: string;
  trees: Record<'feature' | 'threshold' | 'left' | 'right' | 'missingLeft' | 'value' | 'cover', number[]>[];
  base: number;
  rows: (number | null)[][];
  margins: number[];
  expected: number;
  contributions: number[][];
}

function ensembleOf({ trees, base }: ShapCase): TreeEnsemble {
  return {
    kind: 'boosting',
    base,
    trees: trees.map((tree) => ({
      feature: Int32Array.from(tree.feature),
      threshold: Float32Array.from(tree.threshold),
      left: Int32Array.from(tree.left),
      right: Int32Array.from(tree.right),
      missingLeft: Uint8Array.from(tree.missingLeft),
      value: Float64Array.from(tree.value),
      cover: Float64Array.from(tree.cover),
    })),
  };
}

describe('exact TreeSHAP', () => {
  test.each(readFixture('shap.json') as ShapCase[])('equals the shap package: $source', (shapCase) => {
    const matrix = matrixFromRows(
      shapCase.rows[0].map((_, c) => `x${c}`),
      shapCase.rows,
    );
    const model = ensembleOf(shapCase);
    const explainer = new TreeExplainer(model, matrix.names.length);
    const margins = marginsOf(model, matrix);
    expect(Math.abs(explainer.base - shapCase.expected)).toBeLessThan(1e-9);
    shapCase.contributions.forEach((expected, r) => {
      expect(Math.abs(margins[r] - shapCase.margins[r])).toBeLessThan(1e-9);
      const actual = explainer.explain(matrix.values, r * matrix.names.length);
      const differences = expected.map((value, c) => Math.abs(value - actual[c]));
      expect(Math.max(...differences)).toBeLessThan(1e-9);
    });
  });

  test.each(['forest', 'boosting'] as const)('adds up to the uncalibrated margin of a %s', async (kind) => {
    const data = synthesize({ rows: 800, columns: 12, seed: 3, missing: 0.1 });
    const model =
      kind === 'forest'
        ? await trainForest(data, { trees: 20 })
        : await trainBoosting(data, { trees: 40, maxDepth: 6 });
    const explainer = new TreeExplainer(model, 12);
    const margins = marginsOf(model, data.features);
    const contributions = explainer.explainAll(data.features.values);
    for (let r = 0; r < data.features.rows; r++) {
      const row = contributions.subarray(r * 12, (r + 1) * 12);
      expect(Math.abs(explainer.base + row.reduce((a, b) => a + b, 0) - margins[r])).toBeLessThan(1e-10);
      expect(row).toEqual(explainer.explain(data.features.values, r * 12));
    }
  });

  test('gives a column that no tree uses nothing', async () => {
    const data = synthesize({ rows: 300, columns: 6, seed: 4 });
    for (let r = 0; r < 300; r++) data.features.values[r * 6 + 5] = 7;
    const explainer = new TreeExplainer(await trainForest(data, { trees: 10 }), 6);
    expect(explainer.explain(data.features.values)[5]).toBe(0);
  });

  test('explains trees without a split by the base alone', async () => {
    const data = synthesize({ rows: 5, columns: 5, seed: 6 });
    data.labels.set([0, 1, 0, 1, 1]);
    const model = await trainForest(data, { trees: 3 });
    const explainer = new TreeExplainer(model, 5);
    expect(explainer.base).toBeCloseTo(marginsOf(model, data.features)[0], 12);
    expect([...explainer.explain(data.features.values)]).toEqual([0, 0, 0, 0, 0]);
  });

  test('refuses a node without cover', () => {
    const [shapCase] = readFixture('shap.json') as ShapCase[];
    const model = ensembleOf(shapCase);
    model.trees[0].cover[1] = 0;
    expect(() => new TreeExplainer(model, 12)).toThrow('node without cover');
  });
});
