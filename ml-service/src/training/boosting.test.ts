import { describe, expect, jest, test } from '@jest/globals';
import { synthesize } from '../../test-support/synthetic.ts';
import { takeRows } from '../data/matrix.ts';
import { calibrationError, logLoss, rocAuc } from '../evaluation/scores.ts';
import { marginsOf, sigmoid } from '../model/margin-model.ts';
import { chooseRounds } from './boosting-rounds.ts';
import { trainBoosting } from './boosting.ts';
import type { Progress } from './interruption.ts';
import { trainLogistic } from './logistic.ts';
import { outOfFold } from './train.ts';

// A busy machine must not fail them.
jest.setTimeout(120_000);

const data = synthesize({ rows: 4000, columns: 8, seed: 1, missing: 0.05 });
const fresh = synthesize({ rows: 4000, columns: 8, seed: 2, missing: 0.05 });

describe('gradient boosting', () => {
  test('learns what the features tell, in probabilities that hold', async () => {
    const model = await trainBoosting(data, { trees: 150 });
    const probabilities = marginsOf(model, fresh.features).map(sigmoid);
    expect(rocAuc(fresh.labels, probabilities)).toBeGreaterThan(0.87);
    expect(calibrationError(fresh.labels, probabilities)).toBeLessThan(0.04);
  });

  test('lowers the training loss with every tree', async () => {
    const losses = await Promise.all(
      [1, 5, 20, 60].map(async (trees) => {
        const model = await trainBoosting(data, { trees, subsample: 1, featureFraction: 1 });
        return logLoss(data.labels, marginsOf(model, data.features).map(sigmoid));
      }),
    );
    expect(losses).toEqual([...losses].sort((a, b) => b - a));
    expect(new Set(losses).size).toBe(4);
  });

  test('takes as many trees as do best on folds that they were not grown on', async () => {
    const small = takeRows(data, [...Array(400).keys()]);
    const foldOf = Uint8Array.from({ length: 400 }, (_, row) => row % 4);
    const options = { trees: 400, learningRate: 0.3 };
    const losses: number[] = [];
    const onProgress = ({ loss }: Progress) => losses.push(loss ?? NaN);
    const { trees: best, margins } = await chooseRounds(small, foldOf, options, { onProgress });
    expect(best).toBe(losses.indexOf(Math.min(...losses)) + 1);
    expect(losses).toHaveLength(best + 40);
    const held = await outOfFold(small, foldOf, async (part, { features }) =>
      marginsOf(await trainBoosting(part, { ...options, trees: best }), features),
    );
    held.forEach((margin, row) => expect(margin).toBeCloseTo(margins[row], 4));
    expect(logLoss(small.labels, margins.map(sigmoid))).toBeCloseTo(losses[best - 1], 12);
    const { trees: most } = await chooseRounds(small, foldOf, { ...options, trees: 2 });
    expect(most).toBe(2);
  });

  test('goes on from a logistic regression, and adds what it cannot tell', async () => {
    const linear = await trainLogistic(data);
    const start = 'logistic regression';
    const model = await trainBoosting(data, { trees: 60, start });
    expect(model).toMatchObject({ base: 0, linear });
    const fromLinear = marginsOf(linear, fresh.features);
    const margins = marginsOf(model, fresh.features);
    const ofTrees = marginsOf({ kind: 'boosting', base: 0, trees: model.trees }, fresh.features);
    margins.forEach((margin, row) => expect(margin).toBeCloseTo(fromLinear[row] + ofTrees[row], 12));
    const auc = (of: Float64Array) => rocAuc(fresh.labels, of) ?? NaN;
    expect(auc(margins)).toBeGreaterThan(auc(fromLinear) + 0.02);
  });

  test('is the same for the same seed and another for another', async () => {
    const [a, b, c] = await Promise.all([1, 1, 2].map((seed) => trainBoosting(data, { trees: 5, seed })));
    expect(a).toEqual(b);
    expect(a).not.toEqual(c);
  });

  test('a weight on events keeps the mean prediction right', async () => {
    const rare = synthesize({ rows: 6000, columns: 6, seed: 5, shift: -3 });
    const later = synthesize({ rows: 6000, columns: 6, seed: 6, shift: -3 });
    const model = await trainBoosting(rare, { trees: 80, positiveWeight: 5 });
    const probabilities = marginsOf(model, later.features).map(sigmoid);
    expect(calibrationError(later.labels, probabilities)).toBeLessThan(0.05);
  });

  test('keeps every sum of its values exact in float32', async () => {
    const model = await trainBoosting(data, { trees: 50 });
    for (const tree of model.trees) for (const value of tree.value) expect(Math.fround(value)).toBe(value);
    const { rows, names, values } = fresh.features;
    const margins = marginsOf(model, fresh.features);
    const { trees } = model;
    for (let r = 0; r < rows; r += 100) {
      const row = { names, rows: 1, values: values.slice(r * names.length, (r + 1) * names.length) };
      const backwards = marginsOf({ ...model, trees: [...trees].reverse() }, row)[0];
      expect(Math.fround(margins[r])).toBe(margins[r]);
      expect(backwards).toBe(margins[r]);
    }
  });

  test.each([{ trees: 0 }, { learningRate: 0 }, { subsample: 1.5 }, { featureFraction: 0 }, { l2: -1 }])(
    'refuses the options %j',
    async (options) => {
      await expect(trainBoosting(data, options)).rejects.toThrow(RangeError);
    },
  );

  test('stops when aborted', async () => {
    await expect(trainBoosting(data, {}, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
  });
});
