import { describe, expect, jest, test } from '@jest/globals';
import { readFixture } from '../../test-support/fixtures.ts';
import { synthesize } from '../../test-support/synthetic.ts';
import { matrixFromRows } from '../data/matrix.ts';
import { marginsOf, sigmoid } from '../model/margin-model.ts';
import { trainLogistic } from './logistic.ts';

// A busy machine must not fail them.
jest.setTimeout(120_000);

interface LogisticFixture {
  rows: number[][];
  labels: number[];
  weights: number[];
  intercept: number;
}

const names = ['a', 'b', 'c', 'd', 'e'];

describe('logistic regression', () => {
  test('equals scikit-learn on standardised features', async () => {
    const { rows, labels, weights, intercept } = readFixture('logistic.json') as LogisticFixture;
    const model = await trainLogistic({ features: matrixFromRows(names, rows), labels: Uint8Array.from(labels) });
    weights.forEach((weight, c) => expect(model.weights[c]).toBeCloseTo(weight, 5));
    expect(model.intercept).toBeCloseTo(intercept, 5);
  });

  test('takes a missing value as the mean and a constant feature as nothing', async () => {
    const data = synthesize({ rows: 500, columns: 5, seed: 1, missing: 0.2 });
    for (let r = 0; r < 500; r++) data.features.values[r * 5 + 4] = 3e8;
    const model = await trainLogistic(data);
    expect(model.weights[4]).toBeCloseTo(0, 12);
    const [missing, mean] = marginsOf(
      model,
      matrixFromRows(data.features.names, [[null, null, null, null, null], [...model.means]]),
    );
    expect(missing).toBe(model.intercept);
    expect(mean).toBeCloseTo(missing, 5);
  });

  test('converges where the classes are separable', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => [i, -i]);
    const features = matrixFromRows(['a', 'b'], rows);
    const model = await trainLogistic({ features, labels: Uint8Array.from(rows, (_, i) => (i < 20 ? 0 : 1)) });
    expect(marginsOf(model, features)[0]).toBeLessThan(-1);
    expect(marginsOf(model, features)[39]).toBeGreaterThan(1);
  });

  test('a weight on events keeps the mean prediction right', async () => {
    const rare = synthesize({ rows: 5000, columns: 5, seed: 5, shift: -3 });
    const probabilities = marginsOf(await trainLogistic(rare, { positiveWeight: 8 }), rare.features).map(sigmoid);
    const share = rare.labels.reduce((a, b) => a + b, 0) / 5000;
    expect(probabilities.reduce((a, b) => a + b, 0) / 5000).toBeCloseTo(share, 1);
  });

  test('refuses one class, a penalty of 0 and an abort', async () => {
    const data = synthesize({ rows: 50, columns: 5, seed: 1 });
    await expect(trainLogistic({ ...data, labels: new Uint8Array(50) })).rejects.toThrow('both classes are needed');
    await expect(trainLogistic(data, { l2: 0 })).rejects.toThrow('l2 must be above 0');
    await expect(trainLogistic(data, {}, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
  });
});
